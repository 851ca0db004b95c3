"""Whether a question asks for what was known on a day: "as of June 2024"."""

from __future__ import annotations

import re
from datetime import date

from qa.language.dates import find_dates

_AS_OF = re.compile(
    r"(?<![,\s])[,\s]*\b(?:as (?:of|at)|as (?:was )?known (?:on|in|by))\s+", re.IGNORECASE
)


def as_of(question: str) -> tuple[date | None, str]:
    """The last day of the time that is named, and the question without it.

    A time that leans on today ("as of Monday") is none: nobody can say which is meant.
    """
    for lead in _AS_OF.finditer(question):
        for moment in find_dates(question):
            if moment.start == lead.end() and len(moment.readings) == 1:
                rest = f"{question[: lead.start()]} {question[moment.end :].lstrip(' ,:')}"
                return moment.readings[0][1], _tidied(rest)
    return None, question


def _tidied(rest: str) -> str:
    rest = re.sub(r"\s+([?.!])", r"\1", " ".join(rest.split()))
    return rest[:1].upper() + rest[1:]
