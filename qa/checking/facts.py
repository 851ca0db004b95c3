"""What a text states exactly: its numbers, dates, times, names and quotations, found once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qa.language.clocks import Clock, find_clocks
from qa.language.dates import find_dates
from qa.language.moments import Moment
from qa.language.names import Name, find_names
from qa.language.numbers import Number, find_numbers
from qa.language.words import FUNCTION_WORDS, stem

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
_QUOTATION = re.compile(r"[\"“”«]([^\"“”«»]{2,300})[\"”»]")
_LONGEST = 2_000  # characters: nobody writes a longer sentence to be read
_CLAUSE = re.compile(r"[;:,—–]\s|\s[—–]\s|\b(?:and|but|while|because|although|whereas)\b|[.!?]\s")


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands: `text[start:end]`, possessive ending off."""

    start: int
    end: int
    text: str
    clause: int  # the number of the clause it stands in

    @property
    def stem(self) -> str:
        return stem(self.text)

    @property
    def telling(self) -> bool:
        """Whether it carries matter: not a function word."""
        return self.text.lower() not in FUNCTION_WORDS


@dataclass(frozen=True, slots=True)
class Facts:
    """One text and what stands in it. `context` are words known with it: its article's title."""

    text: str
    published: date | None
    context: str
    words: tuple[Word, ...]
    numbers: tuple[Number, ...]
    dates: tuple[Moment, ...]
    clocks: tuple[Clock, ...]
    names: tuple[Name, ...]
    quotations: tuple[str, ...]

    @property
    def stems(self) -> frozenset[str]:
        """Of all words, and of the parts of those with a hyphen."""
        parts = (part for word in self.words for part in word.text.split("-") if "-" in word.text)
        return frozenset([*(word.stem for word in self.words), *map(stem, parts)])


@lru_cache(maxsize=2048)
def facts_of(text: str, published: date | None = None, context: str = "") -> Facts:
    """The facts of `text`, as far as sentences go; its dates lean on the day `published`."""
    text = unicodedata.normalize("NFC", text[:_LONGEST])
    dates, clocks = find_dates(text, published), find_clocks(text)
    timed = [(day.start, day.end) for day in dates] + [(time.start, time.end) for time in clocks]
    return Facts(
        text,
        published,
        context,
        tuple(_words(text)),
        tuple(find_numbers(text, timed)),
        tuple(dates),
        tuple(clocks),
        tuple(find_names(text)),
        tuple(match[1] for match in _QUOTATION.finditer(text)),
    )


def _words(text: str) -> list[Word]:
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    found, clause = [], 0
    for match in _WORD.finditer(text):
        while clause < len(ends) and ends[clause] < match.start():
            clause += 1
        word = re.sub(r"[’']s$", "", match[0])
        found.append(Word(match.start(), match.start() + len(word), word, clause))
    return found
