"""The records that pass between the layers: an article, and what to choose articles by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One cleaned news article.

    Every offset in Footnote counts characters of `text`. Unknown strings are empty, never None.
    """

    id: str  # the file's path relative to the folder ingested, with forward slashes
    title: str
    outlet: str
    published: date | None
    url: str
    text: str
    path: str  # where the file lay when it was read
    byline: str = ""
    note: str = ""
    warnings: tuple[str, ...] = ()  # what a reader should know of it: a line each

    def page(self, offset: int) -> int | None:
        """The page, from 1, on which a character stands; None where the text has no pages.

        A form feed stands where each page of a document ends.
        """
        return self.text.count("\f", 0, offset) + 1 if "\f" in self.text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a list shows of an article."""

    id: str
    title: str
    outlet: str
    published: date | None
    warnings: tuple[str, ...] = ()  # what a reader should know of it: a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Articles that were looked for by words."""

    total: int  # how many there are, shown here or not
    named: int  # of those, how many hold the words in title, outlet or day
    heads: tuple[Head, ...]  # the first of them; those found by their text alone come last


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """An archive looked over: when which outlet wrote, and what a person may want to look at."""

    spread: tuple[tuple[str, str, int], ...]  # outlet, 2024-09 or "", how many articles
    groups: tuple[tuple[str, ...], ...]  # ids of the articles that are one text
    undated: int
    doubted: tuple[str, ...]  # ids of the articles of which there is something to know


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong with an archive, in words for the person who keeps it."""

    what: str
    mended: bool = False
    advice: str = ""  # what to do about it, where it cannot be mended


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How much an archive holds, and from when."""

    articles: int
    outlets: int
    since: date | None  # None: no article carries a date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which articles may answer. Empty fields do not restrict; dates are inclusive."""

    outlet: str | tuple[str, ...] | None = None  # one, or any of several, in any case
    since: date | None = None
    until: date | None = None
    article_ids: tuple[str, ...] | None = None
    undated: bool = False  # only what carries no date

    def __bool__(self) -> bool:
        chosen = (self.outlet, self.since, self.until, self.article_ids)
        return self.undated or any(value is not None for value in chosen)

    @property
    def outlets(self) -> list[str] | None:
        """The outlets without regard to case; None where they do not restrict."""
        if self.outlet is None:
            return None
        named = (self.outlet,) if isinstance(self.outlet, str) else self.outlet
        return [name.casefold() for name in named]
