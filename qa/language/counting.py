"""How many, in words and in digits."""

from __future__ import annotations

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


def counts(text: str) -> bool:
    """Whether `text` says how many: a digit, a number word, or "none", "few" and the like."""
    said = {word.lower() for word in words(text)}
    return bool(said & (NUMBER_WORDS | _QUANTIFIERS)) or any(map(str.isdigit, text))
