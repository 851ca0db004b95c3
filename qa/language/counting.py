"""How many, in words and in digits; and on which side of a number a count lies."""

from __future__ import annotations

import re
from typing import Literal

from qa.language.words import words

NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion trillion dozen dozens hundreds thousands millions billions "
    "half once twice thrice".split()
)
# What answers "how many" without a number.
_QUANTIFIERS = frozenset(
    "no none nobody nothing never few fewer several some many most all both neither".split()
)
_AT_MOST = re.compile(
    r"\b(?:up to|at most|no more than|not more than|less than|fewer than|under|below)\b", re.I
)
_AT_LEAST = re.compile(
    r"\b(?:at least|more than|over|above|no less than|no fewer than|upwards of)\b", re.I
)


def counts(text: str) -> bool:
    """Whether `text` says how many: a digit, a number word, or "none", "few" and the like."""
    said = {word.lower() for word in words(text)}
    return bool(said & (NUMBER_WORDS | _QUANTIFIERS)) or any(map(str.isdigit, text))


def bound(text: str) -> Literal["most", "least", ""]:
    """Whether a count is a ceiling ("up to 40"), a floor ("at least 40"), or neither."""
    if _AT_MOST.search(text):
        return "most"
    return "least" if _AT_LEAST.search(text) else ""
