"""What the pipeline finds for each asking, with its signs, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering.gathering.findings import Finding
from qa.answering.gathering.signs import Signs, Witness
from qa.answering.gathering.sources import Sources
from qa.answering.gathering.weighing import found
from qa.answering.understanding.understand import as_fact, understand
from qa.metrics.answers import agrees, holds
from qa.reader.protocol import Reader, Reading
from qa.training.confidence.askings import Asking
from qa.training.confidence.cache import CANDIDATES, DEPTH, Found
from vectorstore.records import Filter

if TYPE_CHECKING:
    from vectorstore.store import Store


@dataclass(frozen=True, slots=True)
class Judged:
    """What the pipeline would answer to an asking."""

    collection: str
    part: str
    how: str
    answerable: bool
    signs: Signs
    before: float  # the probability the finding came with
    right: bool
    asked: str
    given: str


def judge(
    collection: str,
    store: Store,
    reader: Reader,
    retrieved: Sequence[Found],
    readings: Sequence[Sequence[Reading]],
) -> Iterator[Judged]:
    """What is found for every asking, as the pipeline finds it; what finds nothing is left out."""
    sources = Sources(store, reader, read=DEPTH, candidates=CANDIDATES, threshold=None)
    for given, read in zip(retrieved, readings, strict=True):
        asking = given.asking
        question = as_fact(understand(asking.text, None, Filter(), ()))
        nodes = store.passages([id_ for id_, _ in given.passages])
        findings = found(question, nodes, read, sources)
        if findings:
            yield Judged(
                collection,
                asking.question.part,
                asking.how,
                asking.answerable,
                Witness(question, nodes, read, sources).signs(findings),
                findings[0].probability,
                _right(asking, findings[0]),
                asking.text,
                findings[0].short or findings[0].evidence[0].text,
            )


def _right(asking: Asking, finding: Finding) -> bool:
    best, question = finding.evidence[0], asking.question
    if not asking.answerable or best.article_id not in question.articles:
        return False
    if question.proofs:
        return any(holds(proof, best.text) or holds(best.text, proof) for proof in question.proofs)
    if finding.short:
        return agrees(finding.short, question.answers)
    return any(holds(best.text, answer) for answer in question.answers)
