"""Greetings, thanks and the like: each gets a line."""

from __future__ import annotations

from qa.answering import wording
from qa.answering.draft import Draft, refused, said
from qa.answering.gathering.gathered import Gathered
from qa.answering.question import Question, SmallTalk

_LINES = {
    "greeting": wording.GREETING,
    "thanks": wording.THANKS,
    "abilities": wording.ABILITIES,
}


def answer(question: Question, gathered: Gathered) -> Draft | None:
    """The line for what is no question; what is empty is asked for."""
    assert isinstance(question.intent, SmallTalk)
    line = _LINES.get(question.intent.said)
    return said(line, confidence=1.0) if line else refused(wording.EMPTY_QUESTION)
