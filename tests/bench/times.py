"""When something happened, told right: `python -m tests.bench.times`, dateparser beside it."""

from __future__ import annotations

import calendar
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from qa.language.moments import Days
from qa.provenance.events import event

CASES = Path(__file__).parents[1] / "data" / "times.jsonl"
Told = Callable[[str, date, str], Days | None]


def cases(half: str) -> list[dict[str, str]]:
    every = map(json.loads, CASES.read_text("utf-8").splitlines())
    return [case for case in every if case["half"] == half]


def expected(written: str) -> Days | None:
    """ "2024-09-04", "2024-09", "2024", or the first and last of these with ".." between."""
    if not written:
        return None
    first, _, last = written.partition("..")
    return _days(first)[0], _days(last or first)[1]


def _days(written: str) -> Days:
    year, month, day = [*map(int, written.split("-")), 0, 0][:3]
    if day:
        return date(year, month, day), date(year, month, day)
    last = month or 12
    return date(year, month or 1, 1), date(year, last, calendar.monthrange(year, last)[1])


def footnote(sentence: str, published: date, short: str) -> Days | None:
    found = event(sentence, published, short)
    return found.days if found else None


def dateparser(sentence: str, published: date, short: str) -> Days | None:
    """The first date that it finds, leaning on the past, as wide as it says itself to be."""
    from datetime import datetime

    from dateparser.search import search_dates

    found = search_dates(
        sentence,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(published, datetime.min.time()),
            "PREFER_DATES_FROM": "future" if " will " in sentence else "past",
            "RETURN_TIME_SPAN": True,
        },
    )
    if not found:
        return None
    near = [one for one in found if short and (one[0] in short or short in one[0])]
    day = (near or found)[0][1].date()
    return day, day


def right(told: Told, case: dict[str, str]) -> bool:
    found = told(case["sentence"], date.fromisoformat(case["published"]), case["short"])
    return found == expected(case["event"])


def near_enough(told: Told, case: dict[str, str]) -> bool:
    """Whether the day lies in the time expected: all that a day alone can do for a month."""
    found = told(case["sentence"], date.fromisoformat(case["published"]), case["short"])
    wanted = expected(case["event"])
    return found == wanted or bool(found and wanted and wanted[0] <= found[0] <= wanted[1])


def main() -> None:
    for half in sys.argv[1:] or ("dev", "final"):
        every = cases(half)
        for told in (footnote, dateparser):
            exact = sum(right(told, case) for case in every) / len(every)
            near = sum(near_enough(told, case) for case in every) / len(every)
            print(f"{half}: {told.__name__} {exact:.3f} of {len(every)}, within it {near:.3f}")
        for case in every:
            if not right(footnote, case):
                found = footnote(
                    case["sentence"], date.fromisoformat(case["published"]), case["short"]
                )
                print(
                    "  ",
                    case["sentence"],
                    case["event"],
                    "not",
                    found and "..".join(map(str, found)),
                )


if __name__ == "__main__":
    main()
