"""Which articles a question is put to, and who writes the answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from qa.chat.html import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The filters as they stand; empty fields do not restrict."""

    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None  # what was known then: only what was published by this day
    llm: str | None = None  # a language model; "none": the articles' own sentences; None: as set

    def __str__(self) -> str:
        since = f"since {day(self.since)}" if self.since else ""
        until = f"until {day(self.until)}" if self.until else ""
        known = f"what was known on {day(self.as_of)}" if self.as_of else ""
        return ", ".join(part for part in (self.outlet, since, until, known) if part)

    def __bool__(self) -> bool:
        return bool(str(self))

    def filters(self) -> dict[str, Any]:
        """Which articles alone, as `Assistant.search` wants it."""
        ends = [end for end in (self.until, self.as_of) if end]
        return {"outlet": self.outlet, "since": self.since, "until": min(ends, default=None)}

    def asked(self) -> dict[str, Any]:
        """As `Assistant.ask` wants it."""
        return asdict(self)
