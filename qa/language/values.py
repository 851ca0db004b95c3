"""Whether two answers to one question say the same, and whether only one of them can be right.

An answer is compared by what it is: days with days, numbers with numbers, names with names. What is
neither is compared by its words, and never called a rival: a reason can be put in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol, TypeVar

from qa.language.dates import find_dates
from qa.language.kinds import Kind
from qa.language.moments import Moment, same_date
from qa.language.names import Name, find_names, same_name
from qa.language.numbers import Number, agree, find_numbers
from qa.language.words import FUNCTION_WORDS, NEGATIONS, stem, words

_OWNS = ("'s", "’s")
_NAMED = 6  # words that a name takes, title and place included
_LONGER = 5  # words by which one wording of an answer may exceed another
_APART = Fraction(1, 10)  # "at least 40" is said of 44, not of 60
_LARGE = 1000  # from which whole numbers are rounded
_SHOWN = 2  # digits that a rounded number must show: "54 percent" of 54.2


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Part = TypeVar("Part", bound=_Span)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as its sentence tells it, whole, and what can be compared of it."""

    text: str
    days: tuple[Moment, ...] = ()
    numbers: tuple[Number, ...] = ()
    names: tuple[Name, ...] = ()


def told(short: str, sentence: str = "", published: date | None = None) -> Told:
    """What `short` tells, with all of the names, numbers and dates that it cuts through.

    "Saint" of "off Saint Orly" is "Saint Orly", "3 million" of "up to 3 million" is all of it.

    Args:
        sentence: where it stands; what stands around it tells a month from a name, say.
        published: the day from which "Wednesday" is reckoned.
    """
    around = sentence if short and short in sentence else short
    start = _place(short, around)
    end = start + len(short)

    def cut(found: Sequence[Part]) -> tuple[Part, ...]:
        return tuple(one for one in found if one.start < end and start < one.end)

    days = find_dates(around, published)
    kept = cut(days)
    numbers = cut(find_numbers(around, [(day.start, day.end) for day in days]))
    # "The North's foreign minister" tells of a minister, not of the North.
    names = tuple(
        name
        for name in cut(find_names(around))
        if not (around.startswith(_OWNS, name.end) and name.end < end - 2)
    )
    parts: list[_Span] = [*kept, *numbers, *names]
    low, high = min([start, *(p.start for p in parts)]), max([end, *(p.end for p in parts)])
    return Told(around[low:high], kept, numbers, names)


def _place(short: str, around: str) -> int:
    """Where it stands as words of its own: "9" not in "2019" nor in "1.9"; else wherever it is."""
    bordered = re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(short)}(?![.,]?\d|\w)", around)
    return bordered.start() if bordered else around.find(short)


def same_value(one: Told, other: Told, kind: Kind = Kind.OTHER) -> bool:
    """Whether both give one answer, however it is worded and however fine its grain.

    "3 million" and "at least 3 million rounds" do, "guilty" and "not guilty" do not, nor do "up to
    3 million" and "more than 3 million".

    Args:
        kind: what the question asks for; tells which part of the answers counts.
    """
    if one.text.casefold() == other.text.casefold():
        return True
    if _denies(one.text) != _denies(other.text):
        return False
    compared = _compared(one, other, kind)
    return _worded_alike(one.text, other.text) if compared is None else compared


def rival(one: Told, other: Told, kind: Kind = Kind.OTHER) -> bool:
    """Whether both name something of one sort, and not the same: only one of them can be right.

    A clause that holds a name is no name: "the crew drowned, but for the cook Josiah Beel".
    """
    clauses = any(told.names and len(words(told.text)) > _NAMED for told in (one, other))
    return not clauses and _compared(one, other, kind) is False


def same_sort(one: str, other: str) -> bool:
    """Whether both may stand in one list: names, numbers of one unit, or neither."""
    return _sort(one) == _sort(other)


def _sort(short: str) -> str:
    numbers = find_numbers(short)
    if numbers and not numbers[0].start:
        return f"number {numbers[0].unit}"
    return "name" if find_names(short) else ""


def _compared(one: Told, other: Told, kind: Kind) -> bool | None:
    """Whether both are the same day, number or name; None where they cannot be compared."""
    if kind is Kind.TIME and (one.days or other.days):
        return _any(same_date, one.days, other.days)
    if kind is Kind.QUANTITY or (_is_number(one) and _is_number(other)):
        return _same_numbers(one.numbers, other.numbers)
    return _same_names(one.names, other.names)


def _any(
    same: Callable[[Thing, Thing], bool], some: Sequence[Thing], others: Sequence[Thing]
) -> bool | None:
    if not some or not others:
        return None
    return any(same(a, b) for a in some for b in others)


def _same_names(some: Sequence[Name], others: Sequence[Name]) -> bool | None:
    """Whether all of the fewer are among the more; None where only some are: a list and another."""
    few, many = sorted((some, others), key=len)
    shared = sum(any(same_name(one, other) for other in many) for one in few)
    return None if not few or 0 < shared < len(few) else shared == len(few)


def _is_number(one: Told) -> bool:
    return bool(one.numbers) and not one.names


def _same_numbers(some: Sequence[Number], others: Sequence[Number]) -> bool | None:
    pairs = [(a, b) for a in some for b in others if _comparable(a.unit, b.unit)]
    return any(_close(a, b) for a, b in pairs) if pairs else None


def _comparable(unit: str, other: str) -> bool:
    """ "80" may be of the metres of another; how many are no percentage."""
    return unit == other or (not (unit and other) and "percent" not in {unit, other})


def _close(one: Number, other: Number) -> bool:
    if agree(one, other):
        low, high = sorted((one.value, other.value))
        return high - low <= _APART * high
    return not one.bound and not other.bound and _rounded(one.value, other.value)


def _rounded(one: Fraction, other: Fraction) -> bool:
    """Whether the one with fewer digits is the other, rounded: 54 and 54.2, not 310 and 314."""
    few, many = sorted((one, other), key=lambda value: len(_digits(value)))
    if few < _LARGE and many.denominator == 1:
        return False
    shown = len(_digits(few))
    return shown >= _SHOWN and float(f"{float(many):.{shown - 1}e}") == float(few)


def _digits(value: Fraction) -> str:
    return f"{float(value):.6e}".split("e")[0].replace(".", "").rstrip("0")


def _denies(text: str) -> bool:
    return any(word.lower() in NEGATIONS or word.lower().endswith("n't") for word in words(text))


def _worded_alike(one: str, other: str) -> bool:
    fewer, more = sorted((_content(one), _content(other)), key=len)
    return bool(fewer) and fewer <= more and len(more) - len(fewer) <= _LONGER


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word.lower() not in FUNCTION_WORDS)
