"""Articles whose day of publication contradicts what they tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from qa.articles.sentences import sentence_spans
from qa.language.dates import find_dates
from qa.language.moments import Moment
from qa.provenance.events import is_ahead, written
from vectorstore.days import month_of
from vectorstore.records import Article

_READ = 20_000  # characters: what is longer is no news of a day
_LATE = 2  # days by which a text may be put online before the day that it bears
_STALE = 120  # days after which news writes the year beside a day
_TOGETHER = 60  # days within which the days of one report lie
_DATELINE = re.compile(r"\A[^\n—–]{2,80}[—–]")
_MONTH = 31

Told = tuple[str, Moment]  # a sentence, and a time that it tells of


def misdated(article: Article) -> tuple[str, ...]:
    """A line that says how; empty where nothing speaks against the day."""
    if article.published is None:
        return ()
    told = _dateline(article)
    if not told:
        past = list(_past(article))
        told = _ahead_of_its_day(past, article.published) or _long_past(past, article.published)
    return (
        (f"Its date, {written((article.published,) * 2)}, may be wrong: {told}.",) if told else ()
    )


def _dateline(article: Article) -> str:
    """Where its first line names another month."""
    opening = _DATELINE.match(article.text)
    for day in _days(opening[0]) if opening else ():
        if article.published and abs((day - article.published).days) > _MONTH:
            return f"it opens with {written((day, day))}"
    return ""


def _days(text: str) -> list[date]:
    """The days that are named with their year."""
    found = [one.readings[0] for one in find_dates(text) if len(one.readings) == 1]
    return [first for first, last in found if first == last]


def _ahead_of_its_day(past: list[Told], published: date) -> str:
    """Where it tells of a later day as past."""
    latest = published + timedelta(_LATE)
    for sentence, one in past:
        days = one.readings[0]
        if one.day is None and days[0] == days[1] and days[0] > latest and _exact(one, sentence):
            return f"it tells of {written(days)} as past"
    return ""


def _exact(one: Moment, sentence: str) -> bool:
    """Whether the year stands there, rather than being reckoned from the article's day."""
    return bool(re.search(r"(?:19|20)\d\d", sentence[one.start : one.end]))


def _long_past(past: list[Told], published: date) -> str:
    """Where the days that it names without a year lie together, long before its own."""
    days = sorted({_last(one, published) for _, one in past if one.day})
    if len(days) < 2 or (published - days[-1]).days <= _STALE:
        return ""
    if (days[-1] - days[0]).days > _TOGETHER:
        return ""
    return f"it tells of {month_of(days[0])} as of days just past"


def _last(one: Moment, published: date) -> date:
    """The last such day up to the article's, for one that is named without a year."""
    day = one.readings[0][0]
    if day <= published + timedelta(_LATE):
        return day
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _past(article: Article) -> Iterator[Told]:
    """The times that the article tells of as past, each with its sentence."""
    text = article.text[:_READ]
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        for one in find_dates(sentence, article.published):
            if one.readings and not is_ahead(one, sentence):
                yield sentence, one
