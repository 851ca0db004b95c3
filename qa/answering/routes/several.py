"""Several questions in one: their answers put together, each sentence quoted once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from qa import trace
from qa.answering import wording
from qa.answering.draft import Draft, Remark, Statement
from qa.answering.gathering.gathered import Gathered
from qa.answering.hits import hit
from qa.answering.question import Question
from qa.retrieval.ranked import Ranked


def together(question: Question, answers: Sequence[tuple[Draft, Gathered]]) -> Draft | None:
    """One draft of several; None if none of them answers.

    Args:
        question: with its parts.
        answers: one for each part, in order, and what it was drafted from.
    """
    drafts = [draft for draft, _ in answers]
    answered = [draft for draft in drafts if draft.answered]
    if not answered:
        return None
    short = "; ".join(dict.fromkeys(draft.short for draft in answered if draft.short))
    trace.note(
        asked=question.asked,
        short=short,
        ranked=lambda: map(hit, _in_turn([gathered.passages for _, gathered in answers])),
    )
    return Draft(
        statements=_statements(question.parts, drafts),
        confidence=min(draft.confidence for draft in answered),
        short=short,
        saying=tuple(id_ for draft in answered for id_ in draft.saying),
    )


def _in_turn(rankings: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """The first of each ranking, then the second of each; every passage once."""
    distinct: dict[str, Ranked] = {}
    for one in filter(None, chain.from_iterable(zip_longest(*rankings))):
        distinct.setdefault(one.passage.id, one)
    return list(distinct.values())


def _statements(parts: Sequence[str], drafts: Sequence[Draft]) -> Iterator[Statement | Remark]:
    quoted: set[tuple[str, int, int]] = set()
    for part, draft in zip(parts, drafts, strict=True):
        if not draft.answered:
            yield Statement(text=wording.unanswered(part))
            continue
        for number, one in enumerate(draft.statements):
            if isinstance(one, Remark):
                yield one
                continue
            # A quote that stands above is not repeated below its direct answer.
            places = {evidence.place for evidence in one.evidence if one.is_quote}
            if number == 0 or not places or not places <= quoted:
                yield one
            quoted |= places
