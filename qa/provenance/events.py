"""When something happened, apart from when it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from qa.language.dates import find_dates
from qa.language.moments import Days, Moment
from vectorstore.days import month_of
from vectorstore.days import written as day_of

_AHEAD = re.compile(
    r"\b(?:will|won[’']t|shall|would|going to|due|plans?|planned|scheduled|expected|expects?|set to"
    r"|(?<!had )(?<!has )(?<!have )to be"
    r"|to (?:begin|start|open|end|meet|vote|run|sail|close|reopen|resume)|next)\b"
)
# What leads to a time that is still to come, whatever the tense: "until Friday", "put off to".
_TOWARDS = re.compile(
    r"\b(?:until|till|(?:put off|postponed) (?:[\w ]{1,60} )?to"
    r"|moved (?:[\w ]{1,60} )?to|again on)\s+\Z"
)
_BY = re.compile(r"\b(?:by|from)\s+\Z")
_WHEN_IT_WILL = re.compile(r",? when\b[^.;]{0,200}\bwill\b")
_SPOKE = re.compile(
    r"\b(?:said|says|told|added|wrote|announced|reported|warned|stated|confirmed)"
    r"(?: [\w’']+){0,3}?(?: on| late| early)?\s*$"
)
# Opens a clause of its own, unless a time follows at once: "after nine days", "since Friday".
_CLAUSE = re.compile(
    r"\b(?P<opens>(?:after|before|when|while|who|which|whose|because|although|where)\b"
    r"|since (?=(?:he|she|it|they)\b))\s*\S+\s+\S"
)
_BESIDE = {"who", "which", "whose"}  # tell more of a thing, perhaps of another time
_EARLIER = re.compile(r"\bhad\b")
_NEAR = 200  # characters before a time that tell which it is
_EARLY = 31  # days after its own that an article may tell of as if past: a slip, a late date
# Where and when a text was written, before it begins.
_DATELINE = re.compile(r"\A[^a-z\n—–][^\n—–]{2,80}\s[—–]")
_LONGEST = 366  # days of a time that is told as when something happened


@dataclass(frozen=True, slots=True)
class Event:
    """`days[0]` to `days[1]`, both included, as the words of a sentence give them."""

    days: Days
    words: str

    @property
    def first(self) -> date:
        """The day, or the first one where only a week, a month or a year is named."""
        return self.days[0]

    def __str__(self) -> str:
        """The time as it is shown: "4 September 2024", "March 2023", "2019"."""
        return written(self.days)


def event(sentence: str, published: date | None, short: str = "") -> Event | None:
    """When that happened which a sentence tells; None where it gives no time that can be known.

    Args:
        sentence: one or more whole sentences.
        published: the day from which "on Wednesday" is reckoned.
        short: the words of it that matter, where some do.
    """
    found = [
        (one, days)
        for one in find_dates(sentence, published)
        if (days := _meant(one, sentence, published)) and (days[1] - days[0]).days < _LONGEST
    ]
    if not found:
        return None
    place = sentence.find(short) if short else -1
    found = [pair for pair in found if not _of_another_clause(pair[0], sentence, place, short)]
    if not found:
        return None
    moment, days = min(found, key=lambda pair: _distance(pair[0], sentence, place, len(short)))
    return Event(days, sentence[moment.start : moment.end])


def _meant(one: Moment, sentence: str, published: date | None) -> Days | None:
    """Of the last Wednesday and the next, the one that the tense around it means."""
    if not one.readings:
        return None
    ahead = is_ahead(one, sentence)
    deadline = _BY.search(_before(one, sentence))
    if one.day and published and len(one.readings) == 1 and not (ahead or deadline):
        return _past(one.readings[0], published)
    return max(one.readings) if ahead else min(one.readings)


def _past(days: Days, published: date) -> Days:
    """ "On Sept. 19" of an article of July: last year's, where it is told as past."""
    day = days[0]
    if (day - published).days <= _EARLY or (day.month, day.day) == (2, 29):
        return days
    return (before := day.replace(year=day.year - 1)), before


def is_ahead(one: Moment, sentence: str) -> bool:
    """Whether a sentence tells of the time as one to come."""
    before = _before(one, sentence)
    if _TOWARDS.search(before) or _WHEN_IT_WILL.match(sentence, one.end):
        return True
    clause = re.split(r"[;,:—–]", before)[-1] + sentence[one.start : one.end]
    return bool(_AHEAD.search(clause))


def _of_another_clause(one: Moment, sentence: str, place: int, short: str) -> bool:
    """Whether it is that of a clause behind what matters: "…, who had left in May"."""
    start = max(place, 0) + len(short)
    between = sentence[max(start, one.start - _NEAR) : one.start]
    opened = _CLAUSE.search(between)
    if not opened or not between[opened.end() :].strip():
        return False
    if opened["opens"] == "since ":
        return True
    return bool(short) or bool(_EARLIER.search(between[opened.start() :]))


def _before(one: Moment, sentence: str) -> str:
    return sentence[max(0, one.start - _NEAR) : one.start]


def _distance(one: Moment, sentence: str, place: int, length: int) -> tuple[int, int]:
    """What is told in passing last; then what stands nearest to the words that matter, or first."""
    if place < 0:
        return _aside(one, sentence), one.start
    if one.start < place + length and place < one.end:
        return 0, -1
    near = min(abs(one.start - place - length), abs(place - one.end))
    return _aside(one, sentence), near


def _aside(one: Moment, sentence: str) -> int:
    """0 for a time of what is told, 1 for one of who or what is in it or spoke, 2 of writing."""
    dateline = _DATELINE.match(sentence)
    if dateline and one.start < dateline.end():
        return 2
    before = _before(one, sentence)
    opened = [match for match in _CLAUSE.finditer(before) if match["opens"] in _BESIDE]
    beside = bool(opened) and "," not in before[opened[-1].end() :]
    return int(beside or bool(_SPOKE.search(before)))


def written(days: Days) -> str:
    """A time as it is shown: "4 September 2024", "March 2023", "2019", "2 to 8 September 2024"."""
    first, last = days
    if first == last:
        return day_of(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day > 27:
        return month_of(first)
    return f"{day_of(first)} to {day_of(last)}"
