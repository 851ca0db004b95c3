"""What is found for a question, the likeliest first, and how likely that is to be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answering.gathering import naming
from qa.answering.gathering.evidence import gather
from qa.answering.gathering.findings import Finding, join
from qa.answering.gathering.signs import Witness
from qa.answering.gathering.sources import Sources
from qa.answering.gathering.usable import usable
from qa.answering.question import Question
from qa.reader.protocol import Reading
from vectorstore.passage import Passage


def found(
    question: Question, passages: Sequence[Passage], readings: Sequence[Reading], sources: Sources
) -> list[Finding]:
    """Everything that may answer, by what the reader makes of the passages."""
    read = gather(passages, readings, short_answers=sources.short_answers)
    shelf = sources.shelf(question.where)
    evidence = [
        replace(one, source=shelf.source(one.article_id))
        for one in usable(question, naming.evidence(question, passages, read))
    ]
    return join(evidence, question.fact.kind, lambda id_: sources.article(id_).published)


def weighed(
    question: Question,
    findings: Sequence[Finding],
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    sources: Sources,
) -> list[Finding]:
    """`findings` with probabilities that mean what they say, where the reader's were fitted.

    The first gets the chance that its signs give; the others are as much less likely than it as the
    reader says.
    """
    if sources.confidence is None or not findings:
        return list(findings)
    signs = Witness(question, passages, readings, sources).signs(findings)
    chance = sources.confidence.probability(signs)
    share = chance / max(findings[0].probability, 1e-9)
    return [replace(one, probability=share * one.probability) for one in findings]
