"""Numerals as English writes them, in digits and in words: where they stand and their worth.

number-parser, text2num and word2number read "three hundred and forty", but none of them tells where
it stood, and all three leave "two and a half million" and "3.3 million" in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Form = Literal["count", "ordinal", "share"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CARDINALS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(),
        1,
    )
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_DIGITS = 18  # a longer run of digits is no number that a sentence tells

_ATOM = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)(?:"  # "COVID-19" is a name
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:(?P<short>[kKmMbB]|[mb]n|tn)\b|(?P<nth>st|nd|rd|th)\b|(?![\w]))"
    r"|(?P<half>half)\b)"
    rf"|\b(?:(?P<word>{'|'.join([*CARDINALS, *_SCALES])})|(?P<ordinal>{'|'.join(ORDINALS)}))\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:[–—-]|to|and|or)\s?[$€£¥₩]?", re.IGNORECASE)
_GAP = re.compile(r"[\s-]{1,2}|\s+and\s+")
_AND_A_HALF = re.compile(r"(?<!\s)\s+and\s+a\s+half\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\ban?\s+$", re.IGNORECASE)
_OF_A_SCALE = re.compile(rf" of an? ({'|'.join(_SCALES)})\b", re.IGNORECASE)
_A_SHARE = re.compile(
    r"(?P<many>\b(?:an?|one|two|three|four|five|nine))[\s-]+"
    rf"(?P<part>{'|'.join(_PARTS)})"
    r"(?:(?P<plural>s)\b|\b(?=\s+(?:of|more|less|fewer|higher|lower|as)\b|[,.;]|$))"
    r"|(?<!first )(?<!second )\b(?P<half>half)\b"
    r"(?=\s+(?:of|the|its|his|her|their|as|this|that|those|these|all)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """`text[start:end]` is worth `value`; a share ("two thirds") is a part of one."""

    start: int
    end: int
    value: Fraction
    form: Form = "count"
    scale: int = 1  # what it ends in: "million" is 1,000,000

    @property
    def scaled(self) -> bool:
        return self.scale > 1


def numerals(text: str) -> list[Numeral]:
    """The numerals of `text`, in order, none within another."""
    shares = list(_shares(text))
    taken = {place for share in shares for place in range(share.start, share.end)}
    atoms = [atom for atom in _ATOM.finditer(text) if atom.start() not in taken]
    found = sorted([*shares, *_joined(text, atoms)], key=lambda one: one.start)
    return [_ranged(text, *pair) for pair in zip(found, [*found[1:], None], strict=False)]


def _ranged(text: str, one: Numeral, following: Numeral | None) -> Numeral:
    """The first of "3.3 to 3.4 billion" is worth billions too."""
    if following is None or one.scaled or one.form != "count":
        return one
    scale = following.scale
    if scale < 100 or one.value >= scale or not _RANGE.fullmatch(text[one.end : following.start]):
        return one
    larger = one.value * scale
    return replace(one, value=larger, scale=scale) if larger <= following.value else one


def _shares(text: str) -> Iterator[Numeral]:
    for match in _A_SHARE.finditer(text):
        if match["half"]:
            yield Numeral(*match.span(), Fraction(1, 2), "share")
            continue
        many = CARDINALS.get(match["many"].lower(), 1)
        if (many > 1) == bool(match["plural"]):
            share = Fraction(many, _PARTS[match["part"].lower()])
            if scale := _OF_A_SCALE.match(text, match.end()):
                worth = _SCALES[scale[1].lower()]
                yield Numeral(match.start(), scale.end(), share * worth, "count", worth)
            else:
                yield Numeral(*match.span(), share, "share")


def _joined(text: str, atoms: list[re.Match[str]]) -> Iterator[Numeral]:
    """Atoms that make one number together: "three", "hundred" and "forty"."""
    place = 0
    while place < len(atoms):
        number = _Growing(text, atoms[place])
        place += 1
        while place < len(atoms) and (
            atoms[place].start() < number.end or number.takes(atoms[place])
        ):
            place += 1
        if made := number.made():
            yield made


class _Growing:
    """One number while its words come in, from the left."""

    def __init__(self, text: str, atom: re.Match[str]) -> None:
        self._text = text
        self._start, self.end = atom.span()
        self._total, self._current = Fraction(0), Fraction(0)
        self._least = Fraction(10**18)  # the smallest scale so far
        self._form: Form = "count"
        self._words = not atom["digits"]
        self._known = True
        self._last = 1
        self._begin(atom)

    def _begin(self, atom: re.Match[str]) -> None:
        if atom["digits"]:
            self._known = len(atom["digits"]) <= _DIGITS
            digits = re.sub(r"[^\d.]", "", atom["digits"])
            self._current = Fraction(digits if self._known else 0)
            self._last = _SHORT_SCALES.get((atom["short"] or "").lower(), 1)
            self._current *= self._last
            self._form = "ordinal" if atom["nth"] else "count"
        elif atom["ordinal"]:
            self._current, self._form = Fraction(ORDINALS[atom["ordinal"].lower()]), "ordinal"
        elif atom["half"]:
            self._current = Fraction(1, 2)
            self._known = False  # until a scale follows: "half a million"
        elif (word := atom["word"].lower()) in _SCALES:
            self._current = Fraction(1)
            self._known = bool(article := _ARTICLE.search(self._before()))
            self._start -= len(article[0]) if article else 0
            self._scale(_SCALES[word])
        else:
            self._current = Fraction(CARDINALS[word])
        self._add_half()

    def _before(self) -> str:
        return self._text[max(0, self._start - 6) : self._start]

    def takes(self, atom: re.Match[str]) -> bool:
        """Whether the number goes on with `atom`; if so it has."""
        gap = self._text[self.end : atom.start()]
        if self._form != "count" or atom["digits"] or atom["half"]:
            return False
        scale = _SCALES.get((atom["word"] or "").lower())
        if scale:
            return gap in {" ", "-", "\u00a0", " a "} and self._scale(scale, atom.end())
        if not _GAP.fullmatch(gap) or not self._words:
            return False
        word = (atom["word"] or atom["ordinal"]).lower()
        value = CARDINALS.get(word) or ORDINALS.get(word)
        if value is None or not self._adds(value, "and" in gap):
            return False
        self._current += value
        self.end = atom.end()
        self._form = "ordinal" if atom["ordinal"] else "count"
        return True

    def _adds(self, value: int, joined: bool) -> bool:
        whole = self._current
        if whole == 0:
            return self._total > 0 and value < self._least
        if whole % 100 == 0:
            return value < 100
        return not joined and whole % 100 >= 20 and whole % 10 == 0 and value < 10

    def _scale(self, scale: int, end: int = 0) -> bool:
        if not self._current or (scale >= self._least and scale != 100):
            return False
        self._current *= scale
        self.end = end or self.end
        self._known = self._known or self._current == Fraction(scale, 2)
        self._last = scale
        if scale > 100:
            self._total += self._current
            self._current, self._least = Fraction(0), Fraction(scale)
        self._add_half()
        return True

    def _add_half(self) -> None:
        """ "two and a half", to which "million" may follow."""
        half = _AND_A_HALF.match(self._text, self.end)
        if half and self._form == "count" and self._last == 1:
            self._current += Fraction(1, 2)
            self.end = half.end()

    def made(self) -> Numeral | None:
        if not self._known:
            return None
        return Numeral(self._start, self.end, self._total + self._current, self._form, self._last)
