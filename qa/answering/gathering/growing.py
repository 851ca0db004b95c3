"""The words that a reader points at, grown to what a question of this kind wants."""

from __future__ import annotations

import re

from qa.answering.question import Question
from qa.language.asking import asks_how, asks_why
from qa.language.wholes import clause, has_value, series, whole
from qa.language.words import stems


def grown(question: Question, text: str, short: str) -> str:
    """`short`, words of `text`, as whole names and numbers; a whole list or clause where asked."""
    found = re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) if short else None
    if found is None:
        return short
    start, end = whole(text, *found.span())
    asked = question.standalone
    if set(stems(text[found.end() : end])) <= set(stems(asked)):
        end = found.end()  # "How many years?" has said the unit
    if question.fact.several:
        start, end = series(text, start, end)
    elif asks_why(asked) or (asks_how(asked) and not has_value(text, start, end)):
        start, end = clause(text, start, end)
    return text[start:end]
