"""The truth of an archive: one SQLite file. Everything else can be rebuilt from it."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from vectorstore import schema
from vectorstore.choosing import chosen_articles
from vectorstore.database import Connection, Database
from vectorstore.errors import ArchiveDamaged, ArchiveError, ArticleNotFound
from vectorstore.examined import Examined
from vectorstore.heads import Heads
from vectorstore.kept import Kept, KeptPassage
from vectorstore.lexical import searchable
from vectorstore.newvectors import NewVectors
from vectorstore.notes import changed, note, noted
from vectorstore.records import Article, Filter
from vectorstore.reembedding import mismatch

_COLUMNS = tuple(field.name for field in fields(Article) if field.name != "warnings")
_TOGETHER = 64  # articles that are read at a time where all of them are wanted


class Ledger:
    """The articles, and what the archive knows about itself."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only and not path.is_file():
            raise ArchiveError(
                f"There is no archive in {path.parent}: make one with"
                f" `footnote ingest FOLDER --archive {path.parent}`."
            )
        if path.is_file() and not path.stat().st_size:
            raise ArchiveDamaged(
                f"{path} is empty: put back a copy of it, or delete it to start a new archive."
            )
        if not path.exists() and any(path.parent.glob("index-*")):
            raise ArchiveDamaged(
                f"{path} is missing: put back a copy of it, or delete {path.parent} to start a new"
                " archive."
            )
        self.database = Database(path, read_only=read_only)
        self.new_vectors = NewVectors(self.database)
        self.examined = Examined(self.database)
        self.heads = Heads(self.database)
        if not read_only:
            self._create()
        self._check_layout(path)
        if not read_only:
            self.examined.create()

    def close(self) -> None:
        """Close the file. Calling it again does nothing."""
        self.database.close()

    def meta(self, key: str) -> str:
        """What is noted under `key`; "" if nothing is."""
        with self.database.reading() as connection:
            return noted(connection, key)

    def note(self, **values: str) -> None:
        """Note `values` for `meta`."""
        if all(self.meta(key) == value for key, value in values.items()):
            return
        with self.database.writing() as connection:
            note(connection, values)

    def notes(self, beginning: str) -> dict[str, str]:
        """What is noted under every key that begins so."""
        sql = "SELECT key, value FROM meta WHERE substr(key, 1, ?) = ? AND value <> ''"
        with self.database.reading() as connection:
            return dict(connection.execute(sql, (len(beginning), beginning)).fetchall())

    def articles(self, where: Filter | None = None) -> list[Article]:
        """The articles, the newest first, undated ones last."""
        chosen, values = chosen_articles(where)
        sql = (
            f"SELECT {', '.join(_COLUMNS)} FROM articles WHERE {chosen}"
            " ORDER BY published IS NULL, published DESC, id"
        )
        with self.database.reading() as connection:
            return [_article(row) for row in connection.execute(sql, values)]

    def article(self, article_id: str) -> Article:
        """The article with that id, or `ArticleNotFound`."""
        found = self.articles(Filter(article_ids=(article_id,)))
        if not found:
            raise ArticleNotFound(
                f"There is no article {article_id!r} in {self.database.path.parent}:"
                " `footnote articles` lists those there are."
            )
        return found[0]

    def hashes(self) -> dict[str, str]:
        """Article id to the content hash it was put with."""
        return dict(self._all("SELECT id, hash FROM articles"))

    def paths(self) -> dict[str, str]:
        """Article id to where its file lay."""
        return dict(self._all("SELECT id, path FROM articles"))

    def outlets(self) -> list[tuple[str, int]]:
        """Each outlet with its number of articles, the largest first."""
        return self._all(
            "SELECT outlet, count(*) FROM articles GROUP BY outlet ORDER BY count(*) DESC, outlet"
        )

    def count(self, where: Filter | None = None) -> tuple[int, int]:
        """How many articles and how many passages there are."""
        chosen, values = chosen_articles(where)
        numbers = f"SELECT number FROM articles WHERE {chosen}"
        passages = f"SELECT count(*) FROM passages WHERE article IN ({numbers})"
        if not where:
            passages = "SELECT count(*) FROM passages"
        with self.database.reading() as connection:
            articles = connection.execute(f"SELECT count(*) FROM ({numbers})", values).fetchone()
            found = connection.execute(passages, values if where else []).fetchone()
        return articles[0], found[0]

    def replace(self, items: Sequence[Kept], *, model: str) -> None:
        """Put whole articles, each in the place of what had its id: all of `items`, or none.

        Args:
            items: articles with their passages.
            model: whose vectors they have; `ModelMismatch` if the archive has another's.
        """
        with self.database.writing() as connection:
            if (known := noted(connection, "embedding")) != model:
                raise mismatch(self.database.path.parent, known, model)
            _remove(connection, [item.article.id for item in items])
            for item in items:
                number = _insert_article(connection, item.article, item.digest)
                for passage in item.passages:
                    _insert_passage(connection, number, item.article, passage)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out, with all that belongs to them."""
        with self.database.writing() as connection:
            _remove(connection, article_ids)

    def everything(self) -> Iterator[Kept]:
        """Every article as it is kept, in the order in which they were put."""
        last = 0
        while True:
            with self.database.reading() as connection:
                found = _kept(connection, last)
            if not found:
                return
            yield from (item for _, item in found)
            last = found[-1][0]

    def indexing(self, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Alone at the vector index: always, since only one program writes."""
        return nullcontext(True)

    def _all(self, sql: str) -> list[Any]:
        with self.database.reading() as connection:
            return connection.execute(sql).fetchall()

    def _create(self) -> None:
        with self.database.writing() as connection:
            if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                return
            for statement in schema.STATEMENTS:
                connection.execute(statement)
            note(connection, {"schema": str(schema.VERSION), "archive": uuid.uuid4().hex})

    def _check_layout(self, path: Path) -> None:
        try:
            layout = self.meta("schema")
        except ArchiveError as error:
            if getattr(error.__cause__, "sqlite_errorcode", 0) != sqlite3.SQLITE_ERROR:
                raise
            layout = "unknown"  # no such table: SQLite, but none of ours
        if layout != str(schema.VERSION):
            self.close()
            raise ArchiveError(
                f"{path} has layout {layout} and this Footnote reads {schema.VERSION}:"
                " install the newest Footnote, or choose another folder."
            )


def _article(row: tuple[Any, ...]) -> Article:
    values = dict(zip(_COLUMNS, row, strict=True))
    day = values["published"]
    return Article(**{**values, "published": date.fromisoformat(day) if day else None})


def _insert_article(connection: Connection, article: Article, digest: str) -> int:
    told = [getattr(article, name) for name in _COLUMNS]
    values = [v.isoformat() if isinstance(v, date) else v for v in told]
    marks = ", ".join("?" * (len(values) + 1))
    sql = f"INSERT INTO articles ({', '.join(_COLUMNS)}, hash) VALUES ({marks}) RETURNING number"
    return int(connection.execute(sql, [*values, digest]).fetchone()[0])


def _insert_passage(
    connection: Connection, number: int, article: Article, passage: KeptPassage
) -> None:
    # The text is left out: it is cut from the article's when it is asked for.
    row = connection.execute(
        "INSERT INTO passages (id, article, embedded, node) VALUES (?, ?, ?, ?) RETURNING row",
        (passage.id, number, passage.embedded, passage.node),
    ).fetchone()[0]
    connection.execute("INSERT INTO vectors VALUES (?, ?)", (row, passage.vector))
    connection.execute(
        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
        (row, searchable(article.title), searchable(passage.cut(article.text))),
    )


def _kept(connection: Connection, last: int) -> list[tuple[int, Kept]]:
    """The next articles above the number `last`, each with its number."""
    sql = f"SELECT {', '.join(_COLUMNS)}, hash, number FROM articles WHERE number > ?"
    return [
        (number, Kept(_article(tuple(row)), digest, _passages(connection, number)))
        for *row, digest, number in connection.execute(
            f"{sql} ORDER BY number LIMIT ?", (last, _TOGETHER)
        ).fetchall()
    ]


def _passages(connection: Connection, number: int) -> tuple[KeptPassage, ...]:
    sql = "SELECT id, embedded, node, vector FROM passages JOIN vectors USING (row)"
    found = connection.execute(f"{sql} WHERE article = ? ORDER BY row", (number,))
    return tuple(KeptPassage(*row) for row in found)


def _remove(connection: Connection, article_ids: Sequence[str]) -> None:
    numbers = "SELECT number FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    rows = f"SELECT row FROM passages WHERE article IN ({numbers})"
    ids = json.dumps(list(article_ids))
    for statement in (
        f"INSERT INTO departed {rows}",
        f"DELETE FROM words WHERE rowid IN ({rows})",
        f"DELETE FROM vectors WHERE row IN ({rows})",
        f"DELETE FROM new_vectors WHERE row IN ({rows})",
        f"DELETE FROM passages WHERE article IN ({numbers})",
        "DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))",
    ):
        connection.execute(statement, (ids,))
    changed(connection)
