"""The numbers of a text: what each is worth, what bounds it, and what it measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from qa.language.numerals import Form, Numeral, numerals
from qa.language.words import stem

Bound = Literal["", "exactly", "about", "nearly", "at least", "more than", "at most", "less than"]

_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("at most", r"up to|at most|as (?:many|much|high|long) as|(?:no|not) more than|a maximum of"),
    ("at least", r"at least|(?:no|not) (?:fewer|less) than|a minimum of|from"),
    (
        "more than",
        r"(?:more|greater|higher|longer|larger) than|over|above|upwards? of|exceed(?:s|ed|ing)"
        r"|beyond",
    ),
    ("less than", r"(?:less|fewer|lower|smaller) than|under|below"),
    ("nearly", r"nearly|almost|close to|just (?:under|short of)|not quite"),
    ("about", r"about|around|some|roughly|approximately|an estimated|estimated|circa|or so"),
    ("exactly", r"exactly|precisely"),
)
_AFTER: tuple[tuple[Bound, str], ...] = (
    ("at least", r"\+|or more|and more|or above|at (?:the )?least"),
    ("at most", r"or (?:less|fewer)|at (?:the )?most"),
    ("about", r"or so"),
)
_LEADS = re.compile(
    r"\b(?:" + "|".join(f"(?P<b{n}>{words})" for n, (_, words) in enumerate(_BEFORE)) + r")\s+$",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    r"(?<!\s)\s*(?:"
    + "|".join(f"(?P<b{n}>{words})" for n, (_, words) in enumerate(_AFTER))
    + r")(?!\w)",
    re.IGNORECASE,
)
_STRICT = {"more than", "less than", "nearly"}  # the bound itself is not meant
_SLACK = Fraction(1, 10)  # how far off "about" and "nearly" may be

_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₩": "won", "%": "percent"}
_SIGN = re.compile(r"(?:\b[A-Z]{1,3})?([$€£¥₩])\s?$")
_UNIT = re.compile(
    r"(?P<sign>\s?%)|\s?(?P<percent>per ?cent(?:age points?)?|points?)\b"
    r"|(?P<gap>[\s-]{0,2})(?P<word>[^\W\d_]+)"
)
# By stem, so that plurals and both spellings meet.
_MEASURES = {
    stem(word): unit
    for unit, words in {
        "kilometre": "kilometre kilometer km",
        "metre": "metre meter m",
        "centimetre": "centimetre centimeter cm",
        "mile": "mile",
        "foot": "foot feet ft",
        "tonne": "tonne ton",
        "kilogram": "kilogram kilo kg",
        "gram": "gram",
        "microgram": "microgram",
        "litre": "litre liter",
        "degree": "degree",
        "hour": "hour",
        "minute": "minute",
        "second": "second",
        "day": "day",
        "week": "week",
        "month": "month",
        "year": "year",
        "dollar": "dollar",
        "euro": "euro",
        "pound": "pound",
        "yen": "yen",
        "won": "won",
        "yuan": "yuan",
        "crown": "crown krona kronor krone kroner",
        "rouble": "rouble ruble",
        "franc": "franc",
    }.items()
    for word in words.split()
}
_YEARS = {"decade": 10, "decades": 10, "century": 100, "centuries": 100}
_LONG = re.compile(rf"\s({'|'.join(_YEARS)})\b", re.IGNORECASE)
_PERIOD = re.compile(r"\b(an?) (?:decade|century)\b", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:[–—-]|to|and|or)\s?[$€£¥₩]?", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:no|any|every|each|this|that|which|the)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """`text[start:end]`; a share and a percentage are both worth percents."""

    start: int
    end: int
    value: Fraction
    bound: Bound = ""
    unit: str = ""  # of a closed list: "crown", "percent", "kilometre"; otherwise ""
    form: Form = "count"

    @property
    def span(self) -> tuple[Fraction, Fraction | None]:
        """From where to where it may lie, ends included; None: no upper end."""
        low, high = self.value * (1 - _SLACK), self.value * (1 + _SLACK)
        if self.bound in {"at least", "more than"}:
            return self.value, None
        if self.bound in {"at most", "less than"}:
            return Fraction(0), self.value
        if self.bound == "nearly":
            return low, self.value
        return (low, high) if self.bound == "about" else (self.value, self.value)


def find_numbers(text: str, outside: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of `text`, in order, but for those that lie `outside`: in its dates.

    "one" counts only where something is counted: not in "no one" or "the one".
    """
    dated = {place for start, end in outside for place in range(start, end)}
    counted = [*numerals(text), *_periods(text)]
    found = [_number(text, one) for one in counted if one.start not in dated]
    found.sort(key=lambda number: number.start)
    kept = [one for one in found if not _is_pronoun(text, one)]
    for place in range(len(kept) - 1, 0, -1):
        kept[place - 1] = _shared(text, kept[place - 1], kept[place])
    return kept


def _periods(text: str) -> Iterator[Numeral]:
    """ "a century": one of them."""
    for match in _PERIOD.finditer(text):
        yield Numeral(match.start(), match.end(1), Fraction(1))


def same_number(one: Number, other: Number) -> bool:
    """Whether both state one value, however it is written and bounded: "40", "at least 40".

    "up to 3 million" and "more than 3 million" are not the same, nor are 40 crowns 40 dollars.
    """
    return one.value == other.value and agree(one, other)


def agree(one: Number, other: Number) -> bool:
    """Whether both may be true of one thing: "more than 30" and "32"; not "40" and "52"."""
    if not _comparable(one, other) or not _overlap(one, other):
        return False
    bounded = one.bound and other.bound and one.bound != other.bound
    return not (bounded and _STRICT & {one.bound, other.bound} and _touch_only(one, other))


def carries(quoted: Number, stated: Number) -> bool:
    """Whether who read `quoted` may write `stated`: "32" carries "more than 30".

    A bare number may stand for "about" it, but not for a bound of it: "up to 38" is no "38".
    """
    if not _comparable(quoted, stated):
        return False
    if quoted.bound == stated.bound:
        return quoted.value == stated.value or _within(quoted, stated)
    if quoted.value == stated.value:
        if stated.bound == "exactly":
            return not quoted.bound
        if not stated.bound:
            return quoted.bound in {"exactly", "about", "nearly"}
        if stated.bound in {"more than", "less than", "nearly"}:
            return quoted.bound == ("less than" if stated.bound == "nearly" else stated.bound)
    return _within(quoted, stated)


def _comparable(one: Number, other: Number) -> bool:
    same_unit = one.unit == other.unit or not one.unit or not other.unit
    return same_unit and (one.form == "ordinal") == (other.form == "ordinal")


def _within(quoted: Number, stated: Number) -> bool:
    (low, high), (least, most) = quoted.span, stated.span
    return least <= low and (most is None or (high is not None and high <= most))


def _overlap(one: Number, other: Number) -> bool:
    (low, high), (least, most) = one.span, other.span
    return (most is None or low <= most) and (high is None or least <= high)


def _touch_only(one: Number, other: Number) -> bool:
    (low, high), (least, most) = one.span, other.span
    return low == most or high == least


def _number(text: str, numeral: Numeral) -> Number:
    bound, start = _bound(text, numeral)
    unit, end = _unit(text, numeral)
    value = numeral.value
    if numeral.form == "share":
        value, unit = value * 100, "percent"
    years = _LONG.match(text, numeral.end)
    if years and numeral.form == "count":
        value, unit, end = value * _YEARS[years[1].lower()], "year", years.end()
    if trail := _TRAILS.match(text, end):
        bound = next(name for n, (name, _) in enumerate(_AFTER) if trail[f"b{n}"])
        end = trail.end()
    return Number(start, end, value, bound, unit, numeral.form)


def _bound(text: str, numeral: Numeral) -> tuple[Bound, int]:
    sign = _SIGN.search(text[max(0, numeral.start - 5) : numeral.start])
    start = numeral.start - (len(sign[0]) if sign else 0)
    before = text[max(0, start - 30) : start]
    lead = _LEADS.search(before)
    if lead is None or numeral.form == "ordinal":
        return "", start
    bound = next(name for n, (name, _) in enumerate(_BEFORE) if lead[f"b{n}"])
    if bound == "at least" and lead[0].lower().startswith("from"):
        return "", start  # "fell from 40", "from 59 crowns": which, only the verb tells
    return bound, start - len(lead[0])


def _unit(text: str, numeral: Numeral) -> tuple[str, int]:
    sign = _SIGN.search(text[max(0, numeral.start - 5) : numeral.start])
    if sign:
        return _SIGNS[sign[1]], numeral.end
    after = _UNIT.match(text, numeral.end)
    if after is None or numeral.form == "ordinal":
        return "", numeral.end
    if after["sign"] or after["percent"]:
        is_points = (after["percent"] or "").startswith("point")
        return ("", numeral.end) if is_points else ("percent", after.end())
    unit = _MEASURES.get(stem(after["word"]), "")
    return (unit, after.end()) if unit else ("", numeral.end)


def _shared(text: str, one: Number, following: Number) -> Number:
    """The first of "3.3 to 3.4 billion crowns" with the unit of the second."""
    if one.unit or not _RANGE.fullmatch(text[one.end : following.start]):
        return one
    return replace(one, unit=following.unit)


def _is_pronoun(text: str, number: Number) -> bool:
    word = text[number.start : number.end].lower()
    return word == "one" and bool(_NOBODY.search(text[max(0, number.start - 8) : number.start]))
