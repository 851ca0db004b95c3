"""Days as an English text writes them, whatever language the host is set to."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def written(day: date) -> str:
    """`4 September 2024`."""
    return f"{day.day} {month_of(day)}"


def month_of(day: date) -> str:
    """`September 2024`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday_of(day: date) -> str:
    """`Wednesday`."""
    return WEEKDAYS[day.weekday()]
