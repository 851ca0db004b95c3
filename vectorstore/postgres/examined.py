"""What was found out about each article beside its text, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from vectorstore.examined import Finding, Signatures
from vectorstore.postgres.database import Database

_GROUP = """
WITH RECURSIVE alike (number) AS (
    SELECT number FROM articles WHERE id = %(id)s
    UNION SELECT other FROM copies JOIN alike ON one = number
)
SELECT id FROM articles JOIN alike USING (number) WHERE id <> %(id)s ORDER BY id
"""
_PUT = """
INSERT INTO examined SELECT number, %s, %s FROM articles WHERE id = %s
ON CONFLICT (article) DO UPDATE SET signature = excluded.signature, warnings = excluded.warnings
"""
_PAIR = """
INSERT INTO copies SELECT a.number, b.number FROM articles a, articles b
WHERE a.id = %s AND b.id = %s ON CONFLICT DO NOTHING
"""


class Examined:
    """The findings of an archive. They go when their article goes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self) -> list[str]:
        """The ids of the articles that nothing was found out about yet, in the order they came."""
        sql = (
            "SELECT id FROM articles WHERE number NOT IN (SELECT article FROM examined)"
            " ORDER BY number"
        )
        return [str(id_) for (id_,) in self._database.all(sql)]

    def signatures(self) -> tuple[list[str], list[date | None], Signatures]:
        """Every examined article: ids, days of publication, and a row of bands for each."""
        sql = "SELECT id, published, signature FROM examined JOIN articles ON number = article"
        rows = self._database.all(sql)
        bands = np.frombuffer(b"".join(row[2] for row in rows), np.uint64)
        ids = [str(row[0]) for row in rows]
        return ids, [row[1] for row in rows], bands.reshape(len(rows), -1 if rows else 0)

    def put(self, findings: Sequence[Finding]) -> None:
        """Note findings, all or none; an article that is gone meanwhile is passed over."""
        with self._database.writing() as connection, connection.cursor() as cursor:
            for one in findings:
                lines = "\n".join(one.warnings)
                cursor.execute(_PUT, [one.signature, lines, one.article_id])
                pairs = [(one.article_id, other) for other in one.copies]
                cursor.executemany(_PAIR, [*pairs, *(pair[::-1] for pair in pairs)])

    def forget(self) -> None:
        """Have everything found out anew."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM copies")
            connection.execute("DELETE FROM examined")

    def copies(self, article_id: str) -> list[str]:
        """The ids of the articles that have its words, directly or through another; sorted."""
        with self._database.reading() as connection:
            return [str(id_) for (id_,) in connection.execute(_GROUP, {"id": article_id})]

    def pairs(self) -> list[tuple[str, str]]:
        """The ids of every two articles that have words in common, each two once; sorted."""
        sql = (
            "SELECT a.id, b.id FROM copies JOIN articles a ON a.number = one"
            " JOIN articles b ON b.number = other WHERE one < other ORDER BY a.id, b.id"
        )
        return [(str(one), str(other)) for one, other in self._database.all(sql)]

    def warnings(self, article_id: str | None = None) -> Mapping[str, tuple[str, ...]]:
        """What is odd about articles, or about one, by their ids; most have nothing."""
        sql = (
            "SELECT id, warnings FROM examined JOIN articles ON number = article"
            " WHERE warnings <> '' AND (%s::text IS NULL OR id = %s)"
        )
        found = self._database.all(sql, [article_id, article_id])
        return {str(id_): tuple(lines.split("\n")) for id_, lines in found}
