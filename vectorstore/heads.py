"""Articles without their texts, for whatever lists, counts or looks for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from vectorstore.choosing import chosen_articles
from vectorstore.database import Database
from vectorstore.days import MONTHS
from vectorstore.lexical import searchable
from vectorstore.records import Filter, Found, Head, Overview

_ORDER = "published IS NULL, published DESC, id"
_LEAST = 3  # letters of a word that texts are searched for: nearly every text holds two
_MONTH = " ".join(f"WHEN '{n:02}' THEN '{name}'" for n, name in enumerate(MONTHS, 1))
# 4 September 2024
_DAY = (
    "ltrim(substr(published, 9, 2), '0') || ' ' ||"
    f" CASE substr(published, 6, 2) {_MONTH} END || ' ' || substr(published, 1, 4)"
)


class Heads:
    """Reads the short columns alone: a text is never loaded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self, where: Filter | None = None, limit: int | None = None) -> list[Head]:
        """The articles, the newest first, undated ones last; at most `limit`."""
        chosen, values = chosen_articles(where)
        sql = (
            f"SELECT id, title, outlet, published FROM articles WHERE {chosen}"
            f" ORDER BY {_ORDER} LIMIT ?"
        )
        return [_head(row) for row in self._all(sql, [*values, -1 if limit is None else limit])]

    def find(self, wanted: str, limit: int, where: Filter | None = None) -> Found:
        """The articles that hold every word of `wanted`, a word's beginning being enough.

        A word may stand in title, outlet or day, as some part of them, or open a word of the text.
        Those that need no look into the text come first, and then the newest.
        """
        chosen, values = chosen_articles(where)
        words = wanted.casefold().split()
        named = _all("instr(head, ?) > 0" for _ in words)
        held = _all(f"(instr(head, ?) > 0 OR {_text(word)})" for word in words)
        asked = [value for word in words for value in (word, *_asked(word))]
        sql = (
            "WITH heads AS MATERIALIZED (SELECT number, id, title, outlet, published, casefold("
            f" title || ' ' || outlet || ' ' || coalesce({_DAY}, '')) AS head FROM articles"
            f" WHERE {chosen})"
            f" SELECT id, title, outlet, published, count(*) OVER (), sum({named}) OVER ()"
            f" FROM heads WHERE {held} ORDER BY {named} DESC, {_ORDER} LIMIT ?"
        )
        found = self._all(sql, [*values, *words, *asked, *words, limit])
        total, at_head = found[0][4:] if found else (0, 0)
        return Found(total=total, named=at_head, heads=tuple(_head(row[:4]) for row in found))

    def overview(self) -> Overview:
        """How many articles and outlets there are, and from when."""
        sql = (
            "SELECT count(*), count(DISTINCT nullif(outlet, '')), min(published), max(published)"
            " FROM articles"
        )
        articles, outlets, *days = self._all(sql, [])[0]
        since, until = (date.fromisoformat(day) if day else None for day in days)
        return Overview(articles=articles, outlets=outlets, since=since, until=until)

    def spread(self) -> list[tuple[str, str, int]]:
        """How many articles each outlet has of each month: outlet, 2024-09 or "", number."""
        sql = (
            "SELECT outlet, coalesce(substr(published, 1, 7), '') AS month, count(*) FROM articles"
            " GROUP BY outlet, month ORDER BY outlet, month"
        )
        return self._all(sql, [])

    def _all(self, sql: str, values: list[Any]) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(sql, values).fetchall()


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(["(1 = 1)", *conditions])  # not "1", which an order takes for a column


def _text(word: str) -> str:
    """The condition that an article's text holds a word that begins so."""
    if len(word) < _LEAST and word.isascii():
        return "0"
    rows = "SELECT article FROM words JOIN passages ON row = words.rowid WHERE words MATCH ?"
    return f"number IN ({rows})"


def _asked(word: str) -> list[str]:
    """What the full-text index is asked for it."""
    if _text(word) == "0":
        return []
    phrase = searchable(word).replace('"', '""')
    return [f'text : "{phrase}" *']


def _head(row: tuple[Any, ...]) -> Head:
    id_, title, outlet, day = row
    published = date.fromisoformat(day) if day else None
    return Head(id=id_, title=title, outlet=outlet, published=published)
