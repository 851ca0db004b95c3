"""Which articles a question is put to, as a caller names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from qa.errors import SettingError
from qa.records import Filter

Day = date | str | None
Outlets = str | Sequence[str] | None


def selection(
    outlet: Outlets, since: Day, until: Day, article_ids: Sequence[str] | None = None
) -> Filter:
    """The articles of outlets, from one day to another; what is None does not restrict.

    Raises:
        SettingError: a day is written in another way than 2024-09-04.
    """
    return Filter(
        outlet=(outlet if isinstance(outlet, str) else tuple(outlet)) if outlet else None,
        since=day(since),
        until=day(until),
        article_ids=None if article_ids is None else tuple(article_ids),
    )


def day(value: Day) -> date | None:
    """A day as a caller names it.

    Raises:
        SettingError: it is written in another way than 2024-09-04.
    """
    if isinstance(value, datetime):
        return value.date()
    if not value or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise SettingError(f"{value!r} is not a day: write it as 2024-09-04.") from None
