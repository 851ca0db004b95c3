"""Questions that the articles' sentences answer, or leave open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qa.answering import wording
from qa.answering.draft import Draft, Drafter, Remark, refused
from qa.answering.drafting.differing import short_of, told_apart
from qa.answering.gathering.choosing import saying, short_answer
from qa.answering.gathering.gathered import Gathered
from qa.answering.question import Question
from qa.answering.routes import yes_or_no


def _narrowed(gathered: Gathered) -> Iterator[Remark]:
    """A line on the time that is asked of, where that changed what is answered."""
    if line := gathered.narrowing:
        yield Remark(line=line)


def answer(question: Question, gathered: Gathered, *, drafter: Drafter) -> Draft:
    """What the drafter says of the chosen findings; a refusal where none is likely enough."""
    differing = gathered.disagreement
    one_sided = question.fact.yes_or_no and not differing
    if one_sided and (draft := yes_or_no.answer(question, gathered)):
        return draft
    if not gathered.chosen:
        return refused(wording.REFUSAL, gathered.confidence, gathered.nearest)
    said = chain(_narrowed(gathered), drafter.draft(question, gathered))
    return Draft(
        statements=chain(told_apart(differing), said) if differing else said,
        confidence=gathered.confidence,
        short=short_of(differing) if differing else short_answer(gathered.chosen),
        disagreement=differing,
        saying=() if differing else saying(gathered.chosen),
    )
