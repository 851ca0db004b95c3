"""Values that articles give and that cannot all be right, each with who gives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qa.answering import wording
from qa.answering.draft import Statement
from qa.answering.gathering.disagreement import Disagreement, Side
from qa.answering.gathering.evidence import Evidence


def told_apart(differing: Disagreement) -> Iterator[Statement]:
    """Yield "AP: 40." and "Reuters, two days later: 52.", the earliest first."""
    yield Statement(text=wording.DISAGREEMENT[differing.relation])
    since: date | None = None
    for side in _in_time(differing):
        text = _line(side, since)
        yield Statement(text=text, evidence=side.evidence, carried=True, joined=True)
        since = side.claims[0].article.published


def witnesses(differing: Disagreement) -> list[Evidence]:
    """The likeliest sentence for each value, the earliest value first."""
    return [side.evidence[0] for side in _in_time(differing)]


def short_of(differing: Disagreement) -> str:
    """The direct answer: the latest value of an update; else all of them, the likeliest first.

    "Yes or no" is none.
    """
    if differing.relation == "update":
        return _in_time(differing)[-1].text
    values = [side.text for side in differing.sides]
    return "" if {"Yes", "No"} & {*values} else wording.alternatives(values)


def _line(side: Side, since: date | None) -> str:
    said = wording.said_by([claim.article for claim in side.claims], since)
    value = side.text.rstrip(".")
    return f"{side.reading} ({said}): {value}." if side.reading else f"{said}: {value}."


def _in_time(differing: Disagreement) -> list[Side]:
    """The sides by when their value was first given."""
    return sorted(differing.sides, key=lambda side: side.published)
