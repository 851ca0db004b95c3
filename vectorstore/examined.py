"""What was found out about each article beside its text: whose words it repeats, what is odd.

Kept apart from the articles, so that an archive of before lacks nothing that it needs: what is not
there yet is found out at the next ingestion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from vectorstore.database import Connection, Database

Signatures = npt.NDArray[np.uint64]  # [articles, bands]

TABLES = """
CREATE TABLE IF NOT EXISTS examined (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    signature BLOB NOT NULL,
    warnings TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS copies (
    one INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS examined_odd ON examined (article) WHERE warnings <> '';
CREATE INDEX IF NOT EXISTS copies_of ON copies (other);
""".split(";\n")[:-1]

_GROUP = """
WITH RECURSIVE alike (number) AS (
    SELECT number FROM articles WHERE id = ?
    UNION SELECT other FROM copies JOIN alike ON one = number
)
SELECT id FROM articles JOIN alike USING (number) WHERE id <> ? ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one article."""

    article_id: str
    signature: bytes  # uint64s; articles that share one may have words in common
    warnings: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()  # ids of the articles that have its words


class Examined:
    """The findings of an archive. They go when their article goes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._made = False  # known to be there: it is asked with every article that is read

    def create(self) -> None:
        """Make the tables, where an archive of before lacks them."""
        with self._database.writing() as connection:
            for statement in TABLES:
                connection.execute(statement)

    def missing(self) -> list[str]:
        """The ids of the articles that nothing was found out about yet, in the order they came."""
        sql = (
            "SELECT id FROM articles WHERE number NOT IN (SELECT article FROM examined)"
            " ORDER BY number"
        )
        with self._database.reading() as connection:
            return [id_ for (id_,) in connection.execute(sql)]

    def signatures(self) -> tuple[list[str], list[date | None], Signatures]:
        """Every examined article: ids, days of publication, and a row of bands for each."""
        sql = "SELECT id, published, signature FROM examined JOIN articles ON number = article"
        with self._database.reading() as connection:
            rows = connection.execute(sql).fetchall()
        bands = np.frombuffer(b"".join(row[2] for row in rows), np.uint64)
        days = [date.fromisoformat(day) if day else None for _, day, _ in rows]
        return [row[0] for row in rows], days, bands.reshape(len(rows), -1 if rows else 0)

    def put(self, findings: Sequence[Finding]) -> None:
        """Note findings, all or none; an article that is gone meanwhile is passed over."""
        pair = (
            "INSERT OR IGNORE INTO copies SELECT a.number, b.number FROM articles a, articles b"
            " WHERE a.id = ? AND b.id = ?"
        )
        with self._database.writing() as connection:
            for one in findings:
                connection.execute(
                    "INSERT OR REPLACE INTO examined SELECT number, ?, ? FROM articles"
                    " WHERE id = ?",
                    (one.signature, "\n".join(one.warnings), one.article_id),
                )
                for other in one.copies:
                    both = (one.article_id, other)
                    connection.executemany(pair, [both, both[::-1]])

    def forget(self) -> None:
        """Have everything found out anew."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM copies")
            connection.execute("DELETE FROM examined")

    def copies(self, article_id: str) -> list[str]:
        """The ids of the articles that have its words, directly or through another; sorted."""
        with self._database.reading() as connection:
            if not self._is_made(connection):
                return []
            return [id_ for (id_,) in connection.execute(_GROUP, (article_id, article_id))]

    def pairs(self) -> list[tuple[str, str]]:
        """The ids of every two articles that have words in common, each two once; sorted."""
        sql = (
            "SELECT a.id, b.id FROM copies JOIN articles a ON a.number = one"
            " JOIN articles b ON b.number = other WHERE one < other ORDER BY a.id, b.id"
        )
        with self._database.reading() as connection:
            return connection.execute(sql).fetchall() if self._is_made(connection) else []

    def warnings(self, article_id: str | None = None) -> Mapping[str, tuple[str, ...]]:
        """What is odd about articles, or about one, by their ids; most have nothing."""
        sql = (
            "SELECT id, warnings FROM examined JOIN articles ON number = article"
            " WHERE warnings <> '' AND (?1 IS NULL OR id = ?1)"
        )
        with self._database.reading() as connection:
            if not self._is_made(connection):
                return {}
            found = connection.execute(sql, (article_id,))
            return {id_: tuple(lines.split("\n")) for id_, lines in found}

    def _is_made(self, connection: Connection) -> bool:
        """Whether the tables are there: an archive of before that is only read has none."""
        if not self._made:
            sql = "SELECT 1 FROM sqlite_master WHERE name = 'examined'"
            self._made = connection.execute(sql).fetchone() is not None
        return self._made
