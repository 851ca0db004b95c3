"""Times as a text names them, and whether two are one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Days = tuple[date, date]  # from the first to the last, both included


@dataclass(frozen=True, slots=True)
class Moment:
    """`text[start:end]` names a time: one of `readings`, or, where none is known, what it states.

    "Wednesday" has two readings, the last and the next; "Sept. 4" without the article's date has
    none, but a month and a day.
    """

    start: int
    end: int
    readings: tuple[Days, ...] = ()
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 0


def date_carries(quoted: Moment, stated: Moment) -> bool:
    """Whether who read `quoted` may write `stated`: a day carries its month, not the reverse."""
    if quoted.readings and stated.readings:
        return any(_holds(wide, fine) for wide in stated.readings for fine in quoted.readings)
    return _states_no_more(quoted, stated)


def same_date(one: Moment, other: Moment) -> bool:
    """Whether both may name one time, be it in another grain: "Wednesday", "September"."""
    return date_carries(one, other) or date_carries(other, one)


def _holds(wide: Days, fine: Days) -> bool:
    return wide[0] <= fine[0] and fine[1] <= wide[1]


def _states_no_more(quoted: Moment, stated: Moment) -> bool:
    """Of what both state, something agrees and nothing differs; `stated` has no finer grain."""
    pairs = list(zip(_parts(quoted), _parts(stated), strict=True))
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    finer = any(a is None and b is not None for a, b in pairs[:2])
    return bool(both) and not finer and all(a == b for a, b in both)


def _parts(moment: Moment) -> tuple[int | None, int | None, int | None]:
    if len(moment.readings) != 1:
        return moment.month, moment.day, moment.weekday
    first, last = moment.readings[0]
    if first == last:
        return first.month, first.day, first.weekday()
    return (
        (first.month if (first.year, first.month) == (last.year, last.month) else None),
        None,
        None,
    )
