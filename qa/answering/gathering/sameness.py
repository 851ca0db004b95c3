"""Whether two short answers say the same."""

from __future__ import annotations

from qa.language.counting import bound
from qa.language.words import NEGATIONS, stem, words

_LONGER = 5  # words by which one wording of an answer may exceed another
_UNSAID = frozenset(
    "a an the at least most about around some nearly almost over under less fewer more than up to "
    "of in on by mr mrs ms dr president minister".split()
)


def same_answer(a: str, b: str) -> bool:
    """Whether one wording holds the other: "3 million" and "at least 3 million rounds".

    What is denied is not what is said, and "up to 3 million" is not "more than 3 million".
    """
    if _denies(a) != _denies(b) or {bound(a), bound(b)} >= {"least", "most"}:
        return False
    fewer, more = sorted((_content(a), _content(b)), key=len)
    return bool(fewer) and fewer <= more and len(more) - len(fewer) <= _LONGER


def _denies(short: str) -> bool:
    return any(word.lower() in NEGATIONS or word.lower().endswith("n't") for word in words(short))


def _content(short: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(short) if word.lower() not in _UNSAID)
