"""Fits what the checker's signal means: `python -m qa.training.support`.

On FeverSymmetric (Schuster and others, 2019) and WiCE (Kamoi and others, 2023): a claim beside
evidence that carries it, or beside evidence that says nothing of it. What contradicts it is left
out, as that is for the exact rules; the held-out part is never fitted on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from qa.checking.checker import Checker, nearest
from qa.checking.facts import facts_of
from qa.checking.support import WEIGHTS, PackagedSupport, Weights
from vectorstore.embedding import Embedding

TRAIN_SHARE = 0.6
FALSE_ALARM = 11.0  # what it costs to doubt a true sentence, in unsaid ones that are let through
SENTENCES = 30  # of a page that serves as evidence
_TOKENS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", " ,": ",", " .": "."}


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and what is to carry it; `label` as its makers gave it, or "silent"."""

    source: str
    claim: str
    evidence: tuple[str, ...]
    label: str

    @property
    def held_out(self) -> bool:
        """By the claim's hash, so that one claim's pairs stay together."""
        return hashlib.sha256(self.claim.encode()).digest()[0] / 256 >= TRAIN_SHARE

    @property
    def carried(self) -> bool:
        return self.label in {"SUPPORTS", "supported"}


def load(path: Path) -> list[Pair]:
    """The pairs of `support.jsonl`, but for those that mark single words."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Pair(
            row["from"],
            _written(row["claim"]),
            tuple(_written(text) for text in row["evidence"][:SENTENCES] if text.strip()),
            row["label"],
        )
        for row in rows
        if row["from"] in {"FeverSymmetric", "WiCE"}
    ]


def silent(pairs: Sequence[Pair], embedding: Embedding) -> Iterator[Pair]:
    """Each claim that is carried beside the nearest evidence of another claim of its part."""
    vectors = embedding.encode([pair.evidence[0] for pair in pairs])
    for place, pair in enumerate(pairs):
        if not pair.carried:
            continue
        likeness = vectors @ vectors[place]
        for other in likeness.argsort()[::-1]:
            near = pairs[other]
            # Two wordings of one sentence are no silence.
            if (
                near.claim != pair.claim
                and likeness[other] < 0.9
                and near.held_out == pair.held_out
            ):
                yield Pair("made", pair.claim, near.evidence, "silent")
                break


def fit(pairs: Sequence[Pair], support: PackagedSupport) -> Weights:
    """The logistic regression that tells carried from silent."""
    from sklearn.linear_model import LogisticRegression

    evidence = [support.evidence(pair.claim, _passage(pair)) for pair in pairs]
    carried = sum(pair.carried for pair in pairs)
    share = {True: FALSE_ALARM / carried, False: 1 / (len(pairs) - carried)}
    model = LogisticRegression(class_weight={k: v * len(pairs) / 2 for k, v in share.items()})
    model.fit(evidence, [pair.carried for pair in pairs])
    return Weights(*(round(float(x), 3) for x in (*model.coef_[0], model.intercept_[0])))


def balanced_accuracy(pairs: Sequence[Pair], checker: Checker) -> float:
    """The mean of how often carried is called supported, and the rest is not."""
    kept: dict[bool, list[bool]] = {True: [], False: []}
    for pair in pairs:
        supported = checker.check(pair.claim, pair.evidence).label == "supported"
        kept[pair.carried].append(supported == pair.carried)
    return sum(sum(right) / len(right) for right in kept.values()) / 2


def main(
    data: Annotated[Path, typer.Option(help="support.jsonl.")] = Path(
        "../shared/qa-data/support.jsonl"
    ),
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = WEIGHTS,
) -> None:
    """Fit the weights, write them, and tell how they do on what was held out."""
    embedding = Embedding.open()
    support = PackagedSupport(lambda: embedding)
    pairs = load(data)
    fever = [pair for pair in pairs if pair.source == "FeverSymmetric"]
    learned = [p for p in pairs if p.carried or p.label == "not_supported"]
    learned += silent(fever, embedding)
    weights = fit([pair for pair in learned if not pair.held_out], support)
    out.write_text(json.dumps(asdict(weights), indent=1) + "\n")
    for source in ("FeverSymmetric", "WiCE"):
        held_out = [pair for pair in pairs if pair.source == source and pair.held_out]
        accuracy = balanced_accuracy(held_out, Checker(PackagedSupport(lambda: embedding)))
        typer.echo(f"{source}: balanced accuracy {accuracy:.3f} on {len(held_out)} held out")


def _passage(pair: Pair) -> str:
    return nearest(facts_of(pair.claim), [facts_of(text) for text in pair.evidence])


def _written(text: str) -> str:
    """Tokenised text as it is written."""
    for token, mark in _TOKENS.items():
        text = text.replace(token, mark)
    return text


if __name__ == "__main__":
    typer.run(main)
