"""The words that a reader points at, grown to what a question of this kind wants."""

from __future__ import annotations

import re

from qa.answering.question import Question
from qa.language.asking import asks_how, asks_why
from qa.language.kinds import Kind
from qa.language.wholes import clause, has_value, noun, series, whole
from qa.language.words import stems

# The noun that is asked for: "which weapons", "what kind of long-range missile".
_WHICH = re.compile(
    r"\b(?:which|what)\s{1,3}(?:(?:kind|sort|type)s?\s{1,3}of\s{1,3})?"
    r"((?:[\w’'-]{1,40}\s{1,3}){1,3}?)"
    r"(?=(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|must|should)\b)",
    re.IGNORECASE,
)


def grown(question: Question, text: str, short: str) -> str:
    """`short`, words of `text`, as whole names and numbers; a whole list or clause where asked."""
    found = re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) if short else None
    if found is None:
        return short
    start, end = whole(text, *found.span())
    asked = question.standalone
    if question.fact.kind is Kind.QUANTITY:
        if set(stems(text[found.end() : end])) <= set(stems(asked)):
            end = found.end()  # "How many years?" has said the unit
    else:
        end = noun(text, start, end, stems(" ".join(_WHICH.findall(asked))))
    if question.fact.several:
        start, end = series(text, start, end)
    elif asks_why(asked) or (asks_how(asked) and not has_value(text, start, end)):
        start, end = clause(text, start, end)
    return text[start:end]
