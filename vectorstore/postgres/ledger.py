"""The truth of an archive, in PostgreSQL. Everything else can be rebuilt from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields
from typing import Any

from vectorstore.errors import ArticleNotFound
from vectorstore.kept import Kept, KeptPassage
from vectorstore.postgres.choosing import chosen_articles
from vectorstore.postgres.database import INDEXING, Connection, Database
from vectorstore.postgres.examined import Examined
from vectorstore.postgres.heads import Heads
from vectorstore.postgres.newvectors import NewVectors
from vectorstore.postgres.notes import changed, note, noted
from vectorstore.postgres.words import vector
from vectorstore.records import Article, Filter
from vectorstore.reembedding import mismatch

_FIELDS = tuple(field.name for field in fields(Article) if field.name != "warnings")
_COLUMNS = ", ".join(_FIELDS)
_TOGETHER = 64  # articles that are read at a time where all of them are wanted

_PUT_ARTICLE = (
    f"INSERT INTO articles ({_COLUMNS}, hash, folded)"
    f" VALUES ({', '.join(['%s'] * (len(_FIELDS) + 2))}) RETURNING number"
)
_PUT_PASSAGE = """
WITH put AS (
    INSERT INTO passages (article, id, embedded, node, words, length)
    VALUES (%s, %s, %s, %s, %s::tsvector, %s) RETURNING row
)
INSERT INTO vectors SELECT row, %s FROM put
"""
# Counts what is in the articles just put, or with -1 what is in those about to go.
_COUNT_LEXEMES = """
INSERT INTO lexemes
SELECT lexeme, %(sign)s * count(*) FROM passages, unnest(words)
WHERE article = ANY(%(numbers)s) GROUP BY lexeme
ON CONFLICT (lexeme) DO UPDATE SET passages = lexemes.passages + excluded.passages
"""
_COUNT_ALL = """
UPDATE totals SET
    articles = totals.articles + %(sign)s * cardinality(%(numbers)s::bigint[]),
    passages = totals.passages + %(sign)s * counted.passages,
    words = totals.words + %(sign)s * counted.words
FROM (
    SELECT count(*) AS passages, coalesce(sum(length), 0)::bigint AS words
    FROM passages WHERE article = ANY(%(numbers)s)
) AS counted
"""
_ROWS = "SELECT row FROM passages WHERE article = ANY(%(numbers)s)"
_REMOVE = (
    f"INSERT INTO departed {_ROWS}",
    f"DELETE FROM vectors WHERE row IN ({_ROWS})",
    f"DELETE FROM new_vectors WHERE row IN ({_ROWS})",
    "DELETE FROM passages WHERE article = ANY(%(numbers)s)",
    "DELETE FROM articles WHERE number = ANY(%(numbers)s)",
)


class Ledger:
    """The articles, and what the archive knows about itself."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.new_vectors = NewVectors(database)
        self.examined = Examined(database)
        self.heads = Heads(database)

    def close(self) -> None:
        """Close the connections. Calling it again does nothing."""
        self._database.close()

    def meta(self, key: str) -> str:
        """What is noted under `key`; "" if nothing is."""
        found = self._database.all("SELECT value FROM meta WHERE key = %s", [key])
        return str(found[0][0]) if found else ""

    def note(self, **values: str) -> None:
        """Note `values` for `meta`."""
        if all(self.meta(key) == value for key, value in values.items()):
            return
        with self._database.writing() as connection:
            note(connection, values)

    def notes(self, beginning: str) -> dict[str, str]:
        """What is noted under every key that begins so."""
        sql = "SELECT key, value FROM meta WHERE starts_with(key, %s) AND value <> ''"
        return {str(key): str(value) for key, value in self._database.all(sql, [beginning])}

    def indexing(self, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Alone at the vector index, of all programs; False if another is and `wait` is not."""
        return self._database.alone(INDEXING, wait=wait)

    def articles(self, where: Filter | None = None) -> list[Article]:
        """The articles, the newest first, undated ones last."""
        chosen, values = chosen_articles(where)
        sql = (
            f"SELECT {_COLUMNS} FROM articles WHERE {chosen} ORDER BY published DESC NULLS LAST, id"
        )
        return [_article(row) for row in self._database.all(sql, values)]

    def article(self, article_id: str) -> Article:
        """The article with that id, or `ArticleNotFound`."""
        found = self.articles(Filter(article_ids=(article_id,)))
        if not found:
            raise ArticleNotFound(
                f"There is no article {article_id!r} in {self._database.address}:"
                " `footnote articles` lists those there are."
            )
        return found[0]

    def hashes(self) -> dict[str, str]:
        """Article id to the content hash it was put with."""
        return {str(id_): str(digest) for id_, digest in self._all("SELECT id, hash FROM articles")}

    def paths(self) -> dict[str, str]:
        """Article id to where its file lay."""
        return {str(id_): str(path) for id_, path in self._all("SELECT id, path FROM articles")}

    def outlets(self) -> list[tuple[str, int]]:
        """Each outlet with its number of articles, the largest first."""
        counted = "SELECT outlet, count(*) AS many FROM articles GROUP BY outlet"
        found = self._all(f"{counted} ORDER BY many DESC, outlet")
        return [(str(outlet), int(many)) for outlet, many in found]

    def count(self, where: Filter | None = None) -> tuple[int, int]:
        """How many articles and how many passages there are."""
        if not where:
            return _pair(self._all("SELECT articles, passages FROM totals"))
        chosen, values = chosen_articles(where)
        numbers = f"SELECT number FROM articles WHERE {chosen}"
        passages = f"SELECT count(*) FROM passages WHERE article IN ({numbers})"
        sql = f"SELECT (SELECT count(*) FROM ({numbers}) AS found), ({passages})"
        return _pair(self._database.all(sql, values + values))

    def replace(self, items: Sequence[Kept], *, model: str) -> None:
        """Put whole articles, each in the place of what had its id: all of `items`, or none.

        Args:
            items: articles with their passages.
            model: whose vectors they have; `ModelMismatch` if the archive has another's.
        """
        with self._database.writing() as connection:
            if (known := noted(connection, "embedding")) != model:
                raise mismatch(self._database.address, known, model)
            _remove(connection, [item.article.id for item in items])
            numbers = [_put(connection, item) for item in items]
            _count(connection, numbers, 1)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out, with all that belongs to them."""
        with self._database.writing() as connection:
            _remove(connection, article_ids)

    def everything(self) -> Iterator[Kept]:
        """Every article as it is kept, in the order in which they were put."""
        last = 0
        while True:
            with self._database.reading() as connection:
                found = _kept(connection, last)
            if not found:
                return
            yield from (item for _, item in found)
            last = found[-1][0]

    def _all(self, sql: str) -> list[tuple[Any, ...]]:
        return self._database.all(sql)


def _pair(found: list[tuple[Any, ...]]) -> tuple[int, int]:
    return int(found[0][0]), int(found[0][1])


def _article(row: tuple[Any, ...]) -> Article:
    return Article(**dict(zip(_FIELDS, row, strict=True)))


def _put(connection: Connection, item: Kept) -> int:
    """Put an article and its passages; its number."""
    article = item.article
    values = [*(getattr(article, name) for name in _FIELDS), item.digest, article.outlet.casefold()]
    number = int(connection.execute(_PUT_ARTICLE, values).fetchall()[0][0])
    with connection.cursor() as cursor:
        cursor.executemany(_PUT_PASSAGE, [_values(number, article, one) for one in item.passages])
    return number


def _values(number: int, article: Article, passage: KeptPassage) -> tuple[object, ...]:
    words, length = vector(article.title, passage.cut(article.text))
    named = (number, passage.id, passage.embedded, passage.node)
    return *named, words, length, passage.vector


def _remove(connection: Connection, article_ids: Sequence[str]) -> None:
    found = connection.execute(
        "SELECT number FROM articles WHERE id = ANY(%s)", [list(article_ids)]
    )
    numbers = [number for (number,) in found.fetchall()]
    _count(connection, numbers, -1)
    for statement in _REMOVE:
        connection.execute(statement, {"numbers": numbers})
    changed(connection)


def _count(connection: Connection, numbers: list[int], sign: int) -> None:
    for statement in (_COUNT_LEXEMES, _COUNT_ALL):
        connection.execute(statement, {"numbers": numbers, "sign": sign})


def _kept(connection: Connection, last: int) -> list[tuple[int, Kept]]:
    """The next articles above the number `last`, each with its number."""
    sql = f"SELECT {_COLUMNS}, hash, number FROM articles WHERE number > %s"
    found = connection.execute(f"{sql} ORDER BY number LIMIT %s", [last, _TOGETHER]).fetchall()
    return [
        (number, Kept(_article(tuple(row)), digest, _passages(connection, number)))
        for *row, digest, number in found
    ]


def _passages(connection: Connection, number: int) -> tuple[KeptPassage, ...]:
    sql = "SELECT id, embedded, node, vector FROM passages JOIN vectors USING (row)"
    found = connection.execute(f"{sql} WHERE article = %s ORDER BY row", [number], binary=True)
    return tuple(KeptPassage(*row) for row in found)
