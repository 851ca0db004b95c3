"""What texts use a name for: somebody, a place, or a thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum

from qa.language.names import is_title
from qa.language.roles import ROLES

_NEAR = 60  # characters before a name that say what it is
_FAR = 120  # and behind it
# "Minister Luxon", "the driver, Ada Renner": given names may stand between.
_GIVEN = re.compile(r"[^\W\d_a-z][\w’'-]+")
_GIVEN_NAMES = 2
_WITHIN = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ii]nto|[Oo]utside|[Ii]nside|[Aa]cross|[Aa]round|throughout)"
    r"(?: the)?(?: [a-z]+,?)? $"
)
_ARTICLE = re.compile(r"\b[Tt]he $")
_GOVERNED = re.compile(r"\b(?:on|to|from|with|by|of|for|against|than|as) $")
_SOMEBODY = re.compile(
    rf", (?:aged )?\d{{1,3}}\b|,? who(?:se|m)?\b"
    rf"|, [a-z]+ (?:[\w’'.-]+ ){{0,5}}?(?:{'|'.join(sorted(ROLES))})\b"
)
_PRONOUN = re.compile(r"[^.!?A-Z]{0,80}\b(?:he|she|his|her|him|himself|herself)\b")
_OWNED = re.compile(r"[’']s?\b|[’'](?= )")


class Use(Enum):
    """What a name is used for."""

    PERSON = "person"
    PLACE = "place"
    THING = "thing"


def used_as(name: str, texts: Iterable[str]) -> Use | None:
    """What most of the places where `texts` say `name` use it for; None where none tells.

    A title or an age is somebody's, one is "in" a place, and "the" stands before a thing.
    """
    spelled = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    votes = Counter(use for text in texts for use in _told(spelled, text))
    elsewhere = max((Use.PLACE, Use.THING), key=lambda use: votes[use])
    if votes[Use.PERSON] > votes[Use.PLACE] + votes[Use.THING]:
        return Use.PERSON
    return elsewhere if votes[elsewhere] else None


def _told(spelled: re.Pattern[str], text: str) -> Iterator[Use]:
    for match in spelled.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        after = text[match.end() : match.end() + _FAR]
        if _titled(before):
            yield Use.PERSON
        elif _OWNED.match(after) or after[1:2].isupper():
            continue  # "in Luxon's office", "the Luxon Bridge": anybody's
        elif _WITHIN.search(before):
            yield Use.PLACE
        elif _ARTICLE.search(before):
            yield Use.THING
        elif _SOMEBODY.match(after) or (_PRONOUN.match(after) and not _GOVERNED.search(before)):
            yield Use.PERSON


def _titled(before: str) -> bool:
    """Whether it ends with a title, but for given names."""
    for word in reversed(before.split(" ")[-_GIVEN_NAMES - 2 : -1]):
        if is_title(word.rstrip(",").removesuffix("s")):
            return True
        if not _GIVEN.fullmatch(word):
            return False
    return False
