"""Whether two claims are of two things that bear the name asked for, and what tells them apart.

"How many people live in Springdale?" has one answer for the Springdale in Alban and one for that in
Cort: each sentence says of the thing asked of what the question does not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from qa.answering.gathering.claims import Claim
from qa.language.dates import find_dates
from qa.language.names import find_names
from qa.language.numerals import ORDINALS
from qa.language.words import stem, stems, telling_words, words

_PLACED = re.compile(
    r"(?<!\s)\s+(?:in|at|on|of|near|for|from)\s+(?:the\s+)?([\w’'-]+(?:\s+[\w’'-]+){0,4})|"
    r",\s+in\s+(?:the\s+)?([\w’'-]+(?:\s+[\w’'-]+){0,4})"
)
_CALLED = re.compile(r",\s+(?:the|an?)\s+([^,.;]{3,40})[,.;]")
_REGNAL = re.compile(r"[IVX]+")


def readings(question: str, one: Claim, other: Claim) -> tuple[str, str] | None:
    """What tells the things apart that two claims are of, as written; None if nothing does."""
    asked = set(stems(question))
    for apart in _APART:
        mine, theirs = (_by_stem(apart(asked, claim), asked, claim) for claim in (one, other))
        if mine and theirs and not mine.keys() & theirs.keys():
            return " ".join(mine.values()), " ".join(theirs.values())
    return None


def _by_stem(found: Iterator[str], asked: set[str], claim: Claim) -> dict[str, str]:
    """The words by their stems, without the question's and the answer's own."""
    own = asked | set(map(stem, words(claim.told.text)))
    return {stem(word): word for word in found if stem(word) not in own}


def _by_name(asked: set[str], claim: Claim) -> Iterator[str]:
    """The rest of a name that the question gives in part: "Piet" of Piet Harlan."""
    for name in find_names(claim.evidence.text):
        if asked & set(map(stem, name.words)):
            yield from name.words


def _by_place(asked: set[str], claim: Claim) -> Iterator[str]:
    """What stands right after the thing asked of: "in Belmar", "for poetry"."""
    for match in _PLACED.finditer(claim.evidence.text):
        if _follows(asked, claim, match.start()):
            said = match[1] or match[2]
            names = [word for name in find_names(said) for word in name.words]
            yield from names or telling_words(said)[:1]


def _by_description(asked: set[str], claim: Claim) -> Iterator[str]:
    """What the thing asked of is called: Orion, "the battery maker"."""
    for match in _CALLED.finditer(claim.evidence.text):
        if _follows(asked, claim, match.start(), name=True):
            yield from telling_words(match[1])


def _by_order(asked: set[str], claim: Claim) -> Iterator[str]:
    """The "first" treaty and the "second", Osric "I" and Osric "II"."""
    for one, following in pairwise(words(claim.evidence.text)):
        if one.lower() in ORDINALS and stem(following) in asked:
            yield one
        if _REGNAL.fullmatch(following) and stem(one) in asked:
            yield following


def _by_year(_: set[str], claim: Claim) -> Iterator[str]:
    """The year of what the sentence tells, unless that is the answer itself."""
    if claim.told.days:
        return
    for day in find_dates(claim.evidence.text, claim.article.published):
        for first, last in day.readings[:1]:
            if first.year == last.year:
                yield str(first.year)


def _follows(asked: set[str], claim: Claim, place: int, *, name: bool = False) -> bool:
    """Whether the word before `place` is one of the question's, and a name if it has to be."""
    before = words(claim.evidence.text[:place])[-1:]
    return any(stem(word) in asked and (word[0].isupper() or not name) for word in before)


_APART: tuple[Callable[[set[str], Claim], Iterator[str]], ...] = (
    _by_name,
    _by_place,
    _by_description,
    _by_order,
    _by_year,
)
