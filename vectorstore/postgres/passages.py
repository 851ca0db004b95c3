"""The passages of a ledger in PostgreSQL: by number, by id, by word, and their vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from vectorstore.passage import Passage, restored
from vectorstore.postgres.choosing import chosen_articles
from vectorstore.postgres.database import Database
from vectorstore.postgres.words import asked, tsquery
from vectorstore.records import Filter
from vectorstore.vectors import Rows, Vectors, unpacked

# BM25 as SQLite's FTS5 computes it: k1 = 1.2 and b = .75 (so .3 and .9), a word of the title
# counting twice, and no word for nothing, however many passages hold it. How often a passage holds
# a word no function tells but unnest, which takes four times as long; but ts_rank of one word, with
# all weights one, is the sum of 1/i² up to that number, over π²/6, and its inverse is within .05.
_TIMES = "round(1 / (1.64493406685 * (1 - {rank}::float8)) - 0.5)"
_ANYWHERE = _TIMES.format(rank="ts_rank('{{1, 1, 1, 1}}', words, word)")
_IN_TITLE = _TIMES.format(rank="ts_rank('{{0, 0, 0, 1}}', words, word)")
_BM25 = f"""
WITH asked AS (
    SELECT quote_literal(lexeme)::tsquery AS word, greatest(
        1e-6, ln((t.passages - l.passages + 0.5::float8) / (l.passages + 0.5::float8))
    ) AS weight
    FROM lexemes AS l, totals AS t WHERE lexeme = ANY(%(lexemes)s)
), found AS (
    SELECT row, id, passages.words, 0.3::float8 + 0.9::float8 * length / t.mean AS slowness
    FROM passages,
        (SELECT greatest(words, 1) / greatest(passages, 1)::float8 AS mean FROM totals) AS t
    WHERE passages.words @@ %(query)s::tsquery AND ({{chosen}})
)
SELECT id, sum(
    weight * 2.2 * (1 - slowness / (slowness + {_ANYWHERE} + {_IN_TITLE}))
)::float8 AS score
FROM found, asked GROUP BY row, id ORDER BY score DESC, row LIMIT %(top_k)s
"""
_RANKED = 20_000  # passages, about, that are ranked for a question: some 0.13 s
_OF_CHOSEN = "article IN (SELECT number FROM articles WHERE {chosen})"


class Passages:
    """Reads passages. A row is a passage's number, which never means another one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> int:
        """A number that is another one after every change."""
        found = self._database.all("SELECT value FROM meta WHERE key = 'version'")
        return int(found[0][0]) if found else 0

    def rows(self, where: Filter | None = None) -> Rows:
        """Every row, or those of the chosen articles, ascending."""
        if not where:
            return _numbers(self._database.all("SELECT row FROM vectors ORDER BY row"))
        chosen, values = chosen_articles(where)
        sql = f"SELECT row FROM passages WHERE {_OF_CHOSEN.format(chosen=chosen)} ORDER BY row"
        return _numbers(self._database.all(sql, values))

    def ids(self, rows: Iterable[int], where: Filter | None = None) -> dict[int, str]:
        """Row to passage id; rows that are gone or not of the chosen articles are left out."""
        chosen, values = chosen_articles(where)
        sql = (
            "SELECT row, passages.id FROM passages JOIN articles ON number = article"
            f" WHERE row = ANY(%s) AND {chosen}"
        )
        return dict(self._pairs(sql, [list(rows), *values]))

    def lexical(self, query: str, top_k: int, where: Filter | None) -> list[tuple[str, float]]:
        """The passages that hold words of `query` by BM25, best first.

        Where very many hold one, those that hold none but the commonest words are left out.
        """
        lexemes = asked(query)
        known = "SELECT lexeme, passages FROM lexemes WHERE lexeme = ANY(%s) AND passages > 0"
        holding = dict(self._pairs(known, [lexemes])) if lexemes and top_k > 0 else {}
        if not holding:
            return []
        chosen, values = chosen_articles(where)
        named = {f"v{number}": value for number, value in enumerate(values)}
        only = _OF_CHOSEN.format(chosen=chosen % tuple(f"%({name})s" for name in named))
        wanted = list(holding) if where else _telling(holding)
        return self._pairs(
            _BM25.format(chosen=only if where else "true"),
            {"lexemes": list(holding), "query": tsquery(wanted), "top_k": top_k, **named},
        )

    def count_holding(self, word: str) -> int:
        """How many passages hold `word`, in any of its endings, in text or title."""
        lexemes = asked(word)
        if len(lexemes) == 1:
            sql, value = "SELECT passages FROM lexemes WHERE lexeme = %s", lexemes[0]
        else:
            sql, value = (
                "SELECT count(*) FROM passages WHERE words @@ %s::tsquery",
                tsquery(lexemes),
            )
        found = self._database.all(sql, [value])
        return int(found[0][0]) if found else 0

    def with_ids(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages in the order asked for; those that are gone are left out."""
        # The server cuts: an article may be long, and it counts characters as we do, from one.
        sql = (
            "SELECT passages.id, node, substr(text, at.first + 1, at.beyond - at.first)"
            " FROM passages JOIN articles ON number = article, LATERAL (SELECT"
            " (node::json ->> 'start_char_idx')::int AS first,"
            " (node::json ->> 'end_char_idx')::int AS beyond) AS at WHERE passages.id = ANY(%s)"
        )
        found = {
            id_: restored(bare, text)
            for id_, bare, text in self._database.all(sql, [list(passage_ids)])
        }
        return [found[id_] for id_ in passage_ids if id_ in found]

    def vectors_of(self, passage_ids: Sequence[str]) -> dict[str, bytes]:
        """Passage id to its vector, float16; ids that are gone are left out."""
        sql = "SELECT id, vector FROM passages JOIN vectors USING (row) WHERE id = ANY(%s)"
        return dict(self._pairs(sql, [list(passage_ids)]))

    def embedded(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The vectors that texts with these keys already have."""
        sql = "SELECT embedded, vector FROM passages JOIN vectors USING (row)"
        return dict(self._pairs(f"{sql} WHERE embedded = ANY(%s)", [list(keys)]))

    def count_above(self, row: int) -> int:
        """How many rows there are above `row`."""
        found = self._database.all("SELECT count(*) FROM vectors WHERE row > %s", [row])
        return int(found[0][0])

    def vectors_above(self, row: int, limit: int = -1) -> tuple[Rows, Vectors]:
        """Rows above `row`, ascending, at most `limit` of them, and their vectors."""
        sql = "SELECT row, vector FROM vectors WHERE row > %s ORDER BY row LIMIT %s"
        return _both(self._database.all(sql, [row, limit if limit >= 0 else None]))

    def vectors_at(self, rows: Iterable[int]) -> tuple[Rows, Vectors]:
        """Those of `rows` that are there, ascending, and their vectors."""
        sql = "SELECT row, vector FROM vectors WHERE row = ANY(%s) ORDER BY row"
        return _both(self._database.all(sql, [list(rows)]))

    def departed(self) -> list[int]:
        """Rows that are gone but that the vector index may still hold."""
        return [int(row) for (row,) in self._database.all("SELECT row FROM departed")]

    def forget_departed(self, rows: Iterable[int]) -> None:
        """The vector index no longer holds `rows`."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM departed WHERE row = ANY(%s)", [list(rows)])

    def _pairs(self, sql: str, values: Any) -> list[tuple[Any, Any]]:
        return [(one, other) for one, other in self._database.all(sql, values)]


def _telling(holding: dict[str, int]) -> list[str]:
    """The rarest lexemes, as many as few enough passages hold; one at the least.

    Args:
        holding: lexeme to how many passages hold it.
    """
    rarest = sorted(holding, key=lambda lexeme: (holding[lexeme], lexeme))
    together = accumulate(holding[lexeme] for lexeme in rarest)
    few = [lexeme for lexeme, many in zip(rarest, together, strict=True) if many <= _RANKED]
    return few or rarest[:1]


def _numbers(found: Sequence[tuple[Any, ...]]) -> Rows:
    return np.fromiter((row[0] for row in found), np.int64, len(found))


def _both(found: Sequence[tuple[Any, ...]]) -> tuple[Rows, Vectors]:
    return _numbers(found), unpacked([vector for _, vector in found])
