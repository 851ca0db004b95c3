"""What is wrong inside a ledger, and what of it can be put right without reading a file again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vectorstore.database import Database
from vectorstore.lexical import searchable
from vectorstore.notes import changed
from vectorstore.passage import Passage, cut
from vectorstore.vectors import key_of

_TOLD = 5  # lines of SQLite's own
_ORPHANS = {
    "passages": "article NOT IN (SELECT number FROM articles)",
    "vectors": "row NOT IN (SELECT row FROM passages)",
    "words": "rowid NOT IN (SELECT row FROM passages)",
}
_EVERYTHING = """
SELECT articles.id, articles.title, articles.text, node, embedded, length(vector),
       words.title, words.text
FROM articles LEFT JOIN passages ON article = number LEFT JOIN vectors USING (row)
     LEFT JOIN words ON words.rowid = passages.row
ORDER BY number, passages.row
"""


class Health:
    """Looks through a whole ledger; the archive may be in use meanwhile."""

    def __init__(self, database: Database, dimension: int) -> None:
        """`dimension`: the numbers of a vector."""
        self._database = database
        self._bytes = 2 * dimension  # float16

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file and its indices, the full-text index included."""
        with self._database.reading() as connection:
            lines = connection.execute(f"PRAGMA integrity_check({_TOLD})").fetchall()
        return [str(line) for (line,) in lines if line != "ok"]

    def rebuild_indices(self) -> None:
        """Make every index anew from the tables, which are the truth."""
        with self._database.writing() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
            connection.execute("REINDEX")

    def orphans(self) -> int:
        """How many passages, vectors and texts belong to nothing."""
        with self._database.reading() as connection:
            counts = (
                connection.execute(f"SELECT count(*) FROM {table} WHERE {lost}").fetchone()[0]
                for table, lost in _ORPHANS.items()
            )
            return sum(counts)

    def remove_orphans(self) -> None:
        """Delete them."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO departed SELECT row FROM vectors WHERE row NOT IN"
                f" (SELECT row FROM passages WHERE NOT ({_ORPHANS['passages']}))"
            )
            connection.execute("PRAGMA defer_foreign_keys = ON")
            for table, lost in _ORPHANS.items():
                connection.execute(f"DELETE FROM {table} WHERE {lost}")
            changed(connection)

    def forget_bad_vectors(self) -> None:
        """Delete vectors of another length, lest they be taken for those of the same text."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM vectors WHERE length(vector) != ?", [self._bytes])

    def faults(self) -> dict[str, str]:
        """Article id to what is wrong with its passages; cutting it anew puts that right."""
        with self._database.reading() as connection:
            rows = connection.execute(_EVERYTHING)
            found = ((row[0], fault) for row in rows if (fault := self._fault(row)))
            return dict(found)

    def _fault(self, row: tuple[Any, ...]) -> str:
        _, title, text, node, embedded, vector, words_title, words = row
        if node is None:
            return "no passages"
        if vector != self._bytes:
            return "passages without a vector"
        if (passage := _whole(node, text)) is None:
            return "passages or sentences that stand elsewhere than their offsets say"
        if key_of(passage.embedded) != embedded:
            return "passages that are not what was embedded"
        if (words_title, words) != (searchable(title), searchable(passage.text)):
            return "passages that the full-text index does not hold"
        return ""


def _whole(node: str, text: str) -> Passage | None:
    """The passage; None if it, or a sentence of it, does not stand within its article's text."""
    try:
        found = cut(node, text)
    except (ValueError, KeyError, TypeError):
        return None
    ends = list(_ends(found))
    return found if ends == sorted(ends) and 0 <= found.start < found.end <= len(text) else None


def _ends(passage: Passage) -> Iterator[int]:
    """All offsets in the order that they must have."""
    yield passage.start
    for first, last in passage.sentences:
        yield from (first, last)
    yield passage.end
