"""Which articles a question is put to, and who writes the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qa.chat.html import day


@dataclass(frozen=True, slots=True)
class Chip:
    """One narrowing that holds, as it is shown and taken off."""

    kind: str
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What narrows the search; empty fields do not restrict."""

    articles: tuple[tuple[str, str], ...] = ()  # the id and the title of each
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None  # what was known then: only what was published by this day
    llm: str | None = None  # a language model; "none": the articles' own sentences; None: as set

    def __str__(self) -> str:
        return ", ".join(filter(None, (self._named(), self._period(), self._known())))

    def __bool__(self) -> bool:
        return bool(str(self))

    def chips(self) -> Iterator[Chip]:
        """One for each narrowing, in the order in which they are read."""
        for id_, title in self.articles:
            yield Chip("article", id_, f"“{title}”")
        for outlet in self.outlets:
            yield Chip("outlet", outlet, outlet)
        for kind, label in (("period", self._period()), ("as_of", self._known())):
            if label:
                yield Chip(kind, "", label)

    def about(self, id_: str, title: str) -> Scope:
        """This article too. Articles that are named say all: outlets and a period go."""
        others = tuple(one for one in self.articles if one[0] != id_)
        return Scope(articles=(*others, (id_, title)), as_of=self.as_of, llm=self.llm)

    def of(self, *outlets: str) -> Scope:
        """These outlets too, and no longer some articles."""
        return replace(self, articles=(), outlets=tuple(dict.fromkeys((*self.outlets, *outlets))))

    def within(self, since: date | None, until: date | None) -> Scope:
        """What was published from one day to another, and no longer some articles."""
        if not (since or until):
            return replace(self, since=None, until=None)
        return replace(self, articles=(), since=since, until=until)

    def without(self, kind: str, value: str = "") -> Scope:
        """The same without what a chip stands for; of the kind "all" nothing narrows any more."""
        if kind == "article":
            return replace(self, articles=tuple(a for a in self.articles if a[0] != value))
        if kind == "outlet":
            return replace(self, outlets=tuple(o for o in self.outlets if o != value))
        if kind == "period":
            return replace(self, since=None, until=None)
        return replace(self, as_of=None) if kind == "as_of" else Scope(llm=self.llm)

    def filters(self) -> dict[str, Any]:
        """Which articles alone, as `Assistant.search` wants it."""
        ends = [end for end in (self.until, self.as_of) if end]
        return self._chosen() | {"since": self.since, "until": min(ends, default=None)}

    def asked(self) -> dict[str, Any]:
        """As `Assistant.ask` wants it."""
        told = {"since": self.since, "until": self.until, "as_of": self.as_of, "llm": self.llm}
        return self._chosen() | told

    def _chosen(self) -> dict[str, Any]:
        return {
            "outlet": self.outlets or None,
            "article_ids": tuple(id_ for id_, _ in self.articles) or None,
        }

    def _named(self) -> str:
        return " or ".join(
            chip.label for chip in self.chips() if chip.kind in ("article", "outlet")
        )

    def _period(self) -> str:
        if self.since and self.until:
            return f"{day(self.since)} to {day(self.until)}"
        return f"since {day(self.since)}" if self.since else self._end()

    def _end(self) -> str:
        return f"until {day(self.until)}" if self.until else ""

    def _known(self) -> str:
        return f"what was known on {day(self.as_of)}" if self.as_of else ""
