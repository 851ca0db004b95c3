"""The passages of a ledger: by number, by id, by word, and their vectors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from vectorstore.choosing import chosen_articles
from vectorstore.database import Database
from vectorstore.lexical import match_expression
from vectorstore.passage import Passage, cut
from vectorstore.records import Filter
from vectorstore.vectors import Rows, Vectors, unpacked

_AMONG = "IN (SELECT value FROM json_each(?))"


class Passages:
    """Reads passages. A row is a passage's number, which never means another one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> int:
        """A number that is another one after every change."""
        found = self._all("SELECT value FROM meta WHERE key = 'version'")
        return int(found[0][0]) if found else 0

    def rows(self, where: Filter | None = None) -> Rows:
        """Every row, or those of the chosen articles, ascending."""
        if not where:
            return _numbers(self._all("SELECT row FROM vectors ORDER BY row"))
        chosen, values = chosen_articles(where)
        numbers = f"SELECT number FROM articles WHERE {chosen}"
        sql = f"SELECT row FROM passages WHERE article IN ({numbers}) ORDER BY row"
        return _numbers(self._all(sql, values))

    def ids(self, rows: Iterable[int], where: Filter | None = None) -> dict[int, str]:
        """Row to passage id; rows that are gone or not of the chosen articles are left out."""
        chosen, values = chosen_articles(where)
        sql = (
            "SELECT row, passages.id FROM passages JOIN articles ON number = article"
            f" WHERE row {_AMONG} AND {chosen}"
        )
        return dict(self._all(sql, [_list(rows), *values]))

    def lexical(self, query: str, top_k: int, where: Filter | None) -> list[tuple[str, float]]:
        """The passages that hold words of `query` by BM25, best first."""
        expression = match_expression(query)
        if not expression or top_k < 1:
            return []
        if not where:
            best = "SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?"
            sql = f"SELECT id, -rank FROM ({best}) JOIN passages ON row = rowid ORDER BY rank, row"
            return self._all(sql, [expression, top_k])
        chosen, values = chosen_articles(where)
        sql = (
            "SELECT passages.id, -rank FROM words JOIN passages ON row = words.rowid WHERE"
            f" words MATCH ? AND article IN (SELECT number FROM articles WHERE {chosen})"
            " ORDER BY rank, row LIMIT ?"
        )
        return self._all(sql, [expression, *values, top_k])

    def count_holding(self, word: str) -> int:
        """How many passages hold `word`, in any of its endings, in text or title."""
        expression = match_expression(word)
        if not expression:
            return 0
        sql = "SELECT count(*) FROM words WHERE words MATCH ?"
        return int(self._all(sql, [expression])[0][0])

    def with_ids(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages in the order asked for; those that are gone are left out."""
        sql = (
            "SELECT passages.id, node, text FROM passages JOIN articles ON number = article"
            f" WHERE passages.id {_AMONG}"
        )
        found = {id_: cut(bare, text) for id_, bare, text in self._all(sql, [_list(passage_ids)])}
        return [found[id_] for id_ in passage_ids if id_ in found]

    def vectors_of(self, passage_ids: Sequence[str]) -> dict[str, bytes]:
        """Passage id to its vector, float16; ids that are gone are left out."""
        sql = f"SELECT id, vector FROM passages JOIN vectors USING (row) WHERE id {_AMONG}"
        return dict(self._all(sql, [_list(passage_ids)]))

    def embedded(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The vectors that texts with these keys already have."""
        sql = "SELECT embedded, vector FROM passages JOIN vectors USING (row)"
        return dict(self._all(f"{sql} WHERE embedded {_AMONG}", [_list(keys)]))

    def count_above(self, row: int) -> int:
        """How many rows there are above `row`."""
        return int(self._all("SELECT count(*) FROM vectors WHERE row > ?", [row])[0][0])

    def vectors_above(self, row: int, limit: int = -1) -> tuple[Rows, Vectors]:
        """Rows above `row`, ascending, at most `limit` of them, and their vectors."""
        sql = "SELECT row, vector FROM vectors WHERE row > ? ORDER BY row LIMIT ?"
        found = self._all(sql, [row, limit])
        return _numbers(found), unpacked([vector for _, vector in found])

    def vectors_at(self, rows: Iterable[int]) -> tuple[Rows, Vectors]:
        """Those of `rows` that are there, ascending, and their vectors."""
        sql = f"SELECT row, vector FROM vectors WHERE row {_AMONG} ORDER BY row"
        found = self._all(sql, [_list(rows)])
        return _numbers(found), unpacked([vector for _, vector in found])

    def departed(self) -> list[int]:
        """Rows that are gone but that the vector index may still hold."""
        return [row for (row,) in self._all("SELECT row FROM departed")]

    def forget_departed(self, rows: Iterable[int]) -> None:
        """The vector index no longer holds `rows`."""
        with self._database.writing() as connection:
            connection.execute(f"DELETE FROM departed WHERE row {_AMONG}", [_list(rows)])

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(sql, values).fetchall()


def _numbers(found: Sequence[tuple[Any, ...]]) -> Rows:
    return np.fromiter((row[0] for row in found), np.int64, len(found))


def _list(values: Iterable[object]) -> str:
    return json.dumps(list(values))
