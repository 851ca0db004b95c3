"""Articles without their texts, in PostgreSQL, for whatever lists, counts or looks for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vectorstore.days import MONTHS
from vectorstore.postgres.choosing import chosen_articles
from vectorstore.postgres.database import Database
from vectorstore.postgres.words import asked
from vectorstore.records import Filter, Found, Head, Overview

_ORDER = "published DESC NULLS LAST, id"
_LEAST = 3  # letters of a word that texts are searched for: nearly every text holds two
_MONTH = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(MONTHS, 1))
# 4 September 2024
_DAY = (
    "extract(day FROM published)::int || ' ' ||"
    f" CASE extract(month FROM published)::int {_MONTH} END || ' ' ||"
    " extract(year FROM published)::int"
)
# Without regard to case by Unicode's rules, since a database may know no letters beyond ASCII.
_HEAD = f"lower((title || ' ' || outlet || ' ' || coalesce({_DAY}, '')) COLLATE \"und-x-icu\")"


class Heads:
    """Reads the short columns alone: a text is never loaded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self, where: Filter | None = None, limit: int | None = None) -> list[Head]:
        """The articles, the newest first, undated ones last; at most `limit`."""
        chosen, values = chosen_articles(where)
        sql = (
            f"SELECT id, title, outlet, published FROM articles WHERE {chosen}"
            f" ORDER BY {_ORDER} LIMIT %s"
        )
        return [_head(row) for row in self._database.all(sql, [*values, limit])]

    def find(self, wanted: str, limit: int, where: Filter | None = None) -> Found:
        """The articles that hold every word of `wanted`, a word's beginning being enough.

        A word may stand in title, outlet or day, as some part of them, or open a word of the text.
        Those that need no look into the text come first, and then the newest.
        """
        chosen, narrowed = chosen_articles(where)
        words = wanted.casefold().split()
        named = _all("strpos(head, %s) > 0" for _ in words)
        held = _all(f"(strpos(head, %s) > 0 OR {_text(word)})" for word in words)
        values = [value for word in words for value in (word, *_beginnings(word))]
        sql = (
            "WITH heads AS MATERIALIZED (SELECT number, id, title, outlet, published,"
            f" {_HEAD} AS head FROM articles WHERE {chosen})"
            f" SELECT id, title, outlet, published, count(*) OVER (), count(*) FILTER"
            f" (WHERE {named}) OVER () FROM heads WHERE {held} ORDER BY ({named}) DESC, {_ORDER}"
            " LIMIT %s"
        )
        found = self._database.all(sql, [*narrowed, *words, *values, *words, limit])
        total, at_head = found[0][4:] if found else (0, 0)
        return Found(total=total, named=at_head, heads=tuple(_head(row[:4]) for row in found))

    def overview(self) -> Overview:
        """How many articles and outlets there are, and from when."""
        sql = (
            "SELECT count(*), count(DISTINCT nullif(outlet, '')), min(published), max(published)"
            " FROM articles"
        )
        articles, outlets, since, until = self._database.all(sql)[0]
        return Overview(articles=articles, outlets=outlets, since=since, until=until)

    def spread(self) -> list[tuple[str, str, int]]:
        """How many articles each outlet has of each month: outlet, 2024-09 or "", number."""
        sql = (
            "SELECT outlet, coalesce(to_char(published, 'YYYY-MM'), '') AS month, count(*)"
            " FROM articles GROUP BY outlet, month ORDER BY outlet, month"
        )
        return [(str(outlet), str(month), int(n)) for outlet, month, n in self._database.all(sql)]


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(["(1 = 1)", *conditions])  # no constant, which an order takes for a column


def _text(word: str) -> str:
    """The condition that an article's text holds a word that begins so."""
    if not _beginnings(word):
        return "false"
    return "number IN (SELECT article FROM passages WHERE words @@ %s::tsquery)"


def _beginnings(word: str) -> list[str]:
    """The tsquery that finds it, if it is worth a look."""
    if len(word) < _LEAST and word.isascii():
        return []
    lexemes = asked(word)
    return [" & ".join(f"'{lexeme}':*" for lexeme in lexemes)] if lexemes else []


def _head(row: tuple[Any, ...]) -> Head:
    id_, title, outlet, published = row
    return Head(id=id_, title=title, outlet=outlet, published=published)
