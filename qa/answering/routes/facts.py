"""Questions that the articles' sentences answer, or leave open."""

from __future__ import annotations

from qa.answering import wording
from qa.answering.draft import Draft, Drafter, refused
from qa.answering.gathering.choosing import short_answer
from qa.answering.gathering.gathered import Gathered
from qa.answering.question import Question


def answer(question: Question, gathered: Gathered, *, drafter: Drafter) -> Draft:
    """What the drafter says of the chosen findings; a refusal where none is likely enough."""
    if not gathered.chosen:
        return refused(wording.REFUSAL, gathered.confidence, gathered.nearest)
    return Draft(
        statements=drafter.draft(question, gathered),
        confidence=gathered.confidence,
        short=short_answer(gathered.chosen),
    )
