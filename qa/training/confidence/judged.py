"""What the pipeline finds for each asking, with its signs, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering import extractive, votes, who_is
from qa.answering.evidence import gather
from qa.answering.signs import Signs, Witness
from qa.metrics.answers import agrees, holds
from qa.reader.protocol import Reading
from qa.training.confidence.askings import Asking
from qa.training.confidence.cache import Found

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
    retrieved: Sequence[Found],
    readings: Sequence[Sequence[Reading]],
    short_answers: bool,
) -> Iterator[Judged]:
    """What is found for every asking, as the pipeline finds it; what finds nothing is left out."""
    for found, read in zip(retrieved, readings, strict=True):
        asking = found.asking
        nodes = store.nodes([id_ for id_, _ in found.passages])
        evidence = gather(nodes, read, short_answers=short_answers)
        evidence = who_is.evidence(asking.text, nodes, evidence)
        findings = votes.join(extractive.usable(asking.text, evidence))
        if not findings:
            continue
        witness = Witness(asking.text, nodes, read, store.article, store.frequency)
        finding = findings[0]
        yield Judged(
            collection,
            asking.question.part,
            asking.how,
            asking.answerable,
            witness.signs(findings),
            finding.probability,
            _right(asking, finding),
            asking.text,
            finding.short or finding.evidence[0].text,
        )


def _right(asking: Asking, finding: votes.Finding) -> bool:
    best, question = finding.evidence[0], asking.question
    if not asking.answerable or best.article_id not in question.articles:
        return False
    if question.proofs:
        return any(holds(proof, best.text) or holds(best.text, proof) for proof in question.proofs)
    if finding.short:
        return agrees(finding.short, question.answers)
    return any(holds(best.text, answer) for answer in question.answers)
