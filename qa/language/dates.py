"""The dates of an English text, each as the days that it may mean.

dateparser turns "May" and "the 1990s" into a single day, does not know "last March", and its search
takes "may" and "a second" for dates; so days are reckoned here, with the grain that was written.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from qa.language.moments import Days, Moment
from qa.language.numerals import CARDINALS, ORDINALS

MONTHS = (
    "january february march april may june july august september october november december".split()
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

SHORT_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
_WRITTEN = "|".join(
    [*(name.title() for name in MONTHS), *(rf"{short}\." for short in SHORT_MONTHS)]
)
_MONTH = rf"(?P<month>{_WRITTEN}|{'|'.join(SHORT_MONTHS)})"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(name.title() for name in WEEKDAYS)})"
_WHICH = r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)"
_COUNT = rf"(?P<count>\d{{1,3}}|(?i:an?|{'|'.join(list(CARDINALS)[1:])}))"
_NTH = rf"1?\dth|21st|{'|'.join(ORDINALS)}"
_BEGIN, _END = r"(?<![\w.,$€£¥₩])", r"(?!\w|[.,]\d)"
# "May" and "June" are people too, and "2030" may be how many: what stands before tells.
_LEADS = (
    "in by since until from of to through before after during for between and or late early mid"
)
_LED = "(?i:" + "|".join(rf"(?<=\b{word}[ -])" for word in _LEADS.split()) + ")"
_NEAR = {
    **{"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1},
    **{"this morning": 0, "this afternoon": 0, "this evening": 0},
}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first months
_FEASTS = {
    "new year’s day": (1, 1), "new year’s eve": (12, 31), "christmas eve": (12, 24),
    "christmas day": (12, 25), "boxing day": (12, 26), "may day": (5, 1),
}  # fmt: skip


def find_dates(text: str, published: date | None = None) -> list[Moment]:
    """The dates of `text`, in order; those that lean on the day it was `published` need it."""
    found = [
        (match.start(), -match.end(), match, make)
        for pattern, make in _PATTERNS
        for match in pattern.finditer(text)
    ]
    moments: list[Moment] = []
    for start, _, match, make in sorted(found, key=lambda one: one[:2]):
        if moments and start < moments[-1].end:
            continue
        if made := make(match.groupdict(default=""), published):
            moments.append(replace(made, start=start, end=match.end()))
    return moments


def _readings(*readings: Days | None, **parts: int | None) -> Moment:
    return Moment(0, 0, tuple(dict.fromkeys(days for days in readings if days)), **parts)


def _iso(named: dict[str, str], _: date | None) -> Moment | None:
    try:
        day = date.fromisoformat(named["iso"])
    except ValueError:
        return None
    return _readings((day, day))


def _day_of_month(named: dict[str, str], published: date | None) -> Moment | None:
    month, day = _month(named["month"]), int(named["day"])
    if named["year"]:
        exact = _day(int(named["year"]), month, day)
        return _readings(exact) if exact else None
    years = range(published.year - 1, published.year + 2) if published else ()
    days = [found for year in years if (found := _day(year, month, day))]
    nearest = (
        min(days, key=lambda one: abs((one[0] - published).days)) if published and days else None
    )
    return _readings(nearest, month=month, day=day)


def _month_alone(named: dict[str, str], published: date | None) -> Moment | None:
    month = _month(named["month"])
    if year := named.get("year"):
        return _readings(_month_days(int(year), month))
    if published is None:
        return _readings(month=month)
    past = published.year - (month > published.month)
    ahead = published.year + (month < published.month)
    match named.get("which", "").lower():
        case "last":
            return _readings(_month_days(published.year - (month >= published.month), month))
        case "next":
            return _readings(_month_days(published.year + (month <= published.month), month))
        case "this":
            return _readings(_month_days(published.year, month))
    return _readings(_month_days(past, month), _month_days(ahead, month), month=month)


def _weekday(named: dict[str, str], published: date | None) -> Moment | None:
    weekday = WEEKDAYS.index(named["weekday"].lower())
    if published is None:
        return _readings(weekday=weekday)
    past = published - timedelta((published.weekday() - weekday) % 7)
    ahead = published + timedelta((weekday - published.weekday()) % 7 or 7)
    which = named["which"].lower()
    chosen = {"last": (past, past - timedelta(7)), "next": (ahead, ahead + timedelta(7))}
    days = chosen.get(which, (past, ahead))
    return _readings(*((day, day) for day in days), weekday=weekday)


def _weekend(named: dict[str, str], published: date | None) -> Moment | None:
    """Saturday and Sunday: those that are over or on, and those that come."""
    if published is None:
        return None
    past = published - timedelta((published.weekday() - 5) % 7)
    ahead = past + timedelta(7)
    over, coming = ((day, day + timedelta(1)) for day in (past, ahead))
    chosen = {"last": (over,), "next": (coming,)}.get(named["which"].lower(), (over, coming))
    return _readings(*chosen)


def _season(named: dict[str, str], published: date | None) -> Moment | None:
    if published is None:
        return None
    month, which = _SEASONS[named["season"].lower()], named["which"].lower()
    years = range(published.year - 2, published.year + 2)
    firsts = [date(year, month, 1) for year in years]
    lasts = [first + timedelta(70) for first in firsts]  # a day of its third month
    whole = [
        (first, _month_days(last.year, last.month)[1])
        for first, last in zip(firsts, lasts, strict=True)
    ]
    over = [days for days in whole if days[1] < published]
    if which == "last":
        return _readings(over[-1])
    coming = whole[len(over) :]
    return _readings(coming[which == "next" and coming[0][0] <= published])


def _feast(named: dict[str, str], published: date | None) -> Moment | None:
    month, day = _FEASTS[named["feast"].lower().replace("'", "’")]
    if published is None:
        return _readings(month=month, day=day)
    years = (published.year - 1, published.year, published.year + 1)
    days = [date(year, month, day) for year in years]
    over = max(day for day in days if day <= published)
    coming = min(day for day in days if day > published)
    return _readings((over, over), (coming, coming), month=month, day=day)


def _near(named: dict[str, str], published: date | None) -> Moment | None:
    if published is None:
        return None
    day = published + timedelta(_NEAR[named["near"]])
    return _readings((day, day))


def _stretch(named: dict[str, str], published: date | None) -> Moment | None:
    if published is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[named["which"].lower()]
    return _readings(_shifted(published, named["stretch"], step))


def _ago(named: dict[str, str], published: date | None) -> Moment | None:
    if published is None:
        return None
    word = named["count"].lower()
    count = int(word) if word.isdigit() else CARDINALS.get(word, 1)
    if named["stretch"] == "day":
        day = published - timedelta(count)
        return _readings((day, day))
    return _readings(_shifted(published, named["stretch"], -count))


def _shifted(published: date, unit: str, step: int) -> Days:
    """The whole week, month or year that lies `step` of them away."""
    if unit == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _month_days(months // 12, months % 12 + 1)
    return _year_days(published.year + step)


def _decade(named: dict[str, str], _: date | None) -> Moment:
    first = int(named["decade"])
    return _readings((date(first, 1, 1), date(first + 9, 12, 31)))


def _century(named: dict[str, str], _: date | None) -> Moment | None:
    word = named["century"].lower()
    number = int(word[:-2]) if word[0].isdigit() else ORDINALS[word]
    if not number:
        return None
    return _readings((date(100 * number - 99, 1, 1), date(100 * number, 12, 31)))


def _year(named: dict[str, str], _: date | None) -> Moment:
    return _readings(_year_days(int(named["year"])))


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.lower()[:3]))


def _day(year: int, month: int, day: int) -> Days | None:
    try:
        return (found := date(year, month, day)), found
    except ValueError:
        return None


def _month_days(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year_days(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


_Maker = Callable[[dict[str, str], date | None], Moment | None]
# Of two that begin at one place the longer holds.
_PATTERNS: tuple[tuple[re.Pattern[str], _Maker], ...] = tuple(
    (re.compile(_BEGIN + pattern), make)
    for pattern, make in (
        (rf"(?P<iso>\d{{4}}-\d\d-\d\d){_END}", _iso),
        (rf"(?:{_WEEKDAY},?\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?{_END}", _day_of_month),
        (rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?{_END}", _day_of_month),
        (rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}{_END}", _month_alone),
        (rf"{_WHICH}\s+{_MONTH}{_END}", _month_alone),
        (rf"{_LED}{_MONTH}{_END}", _month_alone),
        (rf"(?:{_WHICH}\s+)?{_WEEKDAY}\b", _weekday),
        (rf"(?P<near>{'|'.join(_NEAR)})\b", _near),
        (rf"(?:{_WHICH}\s+|(?<=the )|(?<=this ))weekend\b", _weekend),
        (rf"{_WHICH}\s+(?P<season>{'|'.join(_SEASONS)})\b", _season),
        (rf"(?i:(?P<feast>{'|'.join(_FEASTS)}))\b".replace("’", "[’']"), _feast),
        (rf"{_WHICH}\s+(?P<stretch>week|month|year)\b", _stretch),
        (rf"{_COUNT}\s+(?P<stretch>day|week|month|year)s?\s+ago\b", _ago),
        (r"(?:the\s+)?(?P<decade>(?:1[0-9]|20)\d0)[’']?s\b", _decade),
        (rf"(?i:(?:the\s+)?(?P<century>{_NTH})[\s-]century)\b", _century),
        (rf"{_LED}{_YEAR}{_END}", _year),
        (rf"{_YEAR}{_END}(?!%|\s+[a-z]+s\b)", _year),
    )
)
