"""Times of the day: "5:40 p.m.", "17:40", "noon", "half past three"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.language.numerals import CARDINALS

_HOURS = {word: value for word, value in CARDINALS.items() if 1 <= value <= 12}
_HOUR = rf"(?:{'|'.join(_HOURS)}|1[0-2]|[1-9])"
_CLOCK = re.compile(
    r"(?<![\w.:,$€£])(?:"
    r"(?P<hour>1[0-9]|2[0-3]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![:\d])"
    rf"|(?P<offset>half past|quarter past|quarter to) (?P<near>{_HOUR})\b"
    rf"|(?P<full>{_HOUR}) o[’']clock"
    r"|(?P<named>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
_OFFSETS = {"half past": 30, "quarter past": 15, "quarter to": -15}
_NAMED = {"noon": 12, "midday": 12, "midnight": 0}
_DAY, _HALF_DAY = 24 * 60, 12 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """`text[start:end]` is a time of the day: the minutes after midnight that it may mean."""

    start: int
    end: int
    minutes: tuple[int, ...]  # two, where morning and evening are not told apart


def find_clocks(text: str) -> list[Clock]:
    """The times of the day in `text`, in order."""
    return [Clock(*match.span(), _minutes(match)) for match in _CLOCK.finditer(text)]


def same_clock(one: Clock, other: Clock) -> bool:
    """Whether both may mean one time: "17:40" and "5:40 p.m."."""
    return bool(set(one.minutes) & set(other.minutes))


def _minutes(match: re.Match[str]) -> tuple[int, ...]:
    if match["hour"]:
        hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
        return (hour * 60 + int(match["minute"] or 0),)
    if match["hour24"]:
        exact = int(match["hour24"]) * 60 + int(match["minute24"])
        return (exact,) if exact >= 13 * 60 else (exact, (exact + _HALF_DAY) % _DAY)
    if match["named"]:
        return (_NAMED[match["named"].lower()] * 60,)
    word = (match["near"] or match["full"]).lower()
    hour = _HOURS.get(word) or int(word)
    about = hour * 60 + _OFFSETS.get((match["offset"] or "").lower(), 0)
    return about % _DAY, (about + _HALF_DAY) % _DAY
