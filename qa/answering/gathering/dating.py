"""Times that lean on the day of an article, spelled out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.findings import Finding
from qa.language.dates import find_dates
from qa.language.kinds import Kind
from qa.language.moments import Days
from qa.provenance.events import event

_DIGIT = re.compile(r"\d")


def spelled_out(one: Evidence, kind: Kind, published: date | None) -> str:
    """The short answer, "last March" as "last March (March 2023)"."""
    found = event(one.text, published, one.short) if kind is Kind.TIME and one.short else None
    if found is None or _DIGIT.search(found.words):
        return one.short
    overlap = found.words in one.short or one.short in found.words
    return f"{one.short} ({found})" if overlap else one.short


def time_asked_of(question: str) -> Days | None:
    """The one time that a question names, year and all; None where it names none, or several."""
    found = [one for one in find_dates(question) if len(one.readings) == 1]
    return found[0].readings[0] if len(found) == 1 else None


def of_the_time(
    findings: Sequence[Finding], asked: Days, published: Callable[[str], date | None]
) -> list[Finding]:
    """The findings that may be of the time asked of; all of them where none is.

    Args:
        findings: the likeliest first.
        asked: the time.
        published: when the article with an id was.
    """

    def other(one: Evidence) -> bool:
        return of_another_time(one, asked, published(one.article_id))

    return [one for one in findings if not all(map(other, one.evidence))] or list(findings)


def of_another_time(one: Evidence, asked: Days, published: date | None) -> bool:
    """Whether a sentence tells of another time than is asked of, in an article of another time."""
    found = event(one.text, published, one.short)
    if found is None or published is None:
        return False
    return not _overlap(found.days, asked) and not _overlap((published, published), asked)


def _overlap(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
