"""The vectors of another model, in a SQLite ledger, while they grow beside those that serve."""

from __future__ import annotations

from collections.abc import Mapping

from vectorstore.database import Database
from vectorstore.notes import changed, note, noted

_WAITING = "SELECT row, id FROM passages WHERE row NOT IN (SELECT row FROM new_vectors)"


class NewVectors:
    """One for each passage in the end; then they take the place of those of before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, model: str) -> None:
        """Begin anew, unless vectors of `model` are there already."""
        with self._database.writing() as connection:
            if noted(connection, "new_embedding") != model:
                connection.execute("DELETE FROM new_vectors")
                note(connection, {"new_embedding": model})

    def count(self) -> int:
        """How many there are."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM new_vectors").fetchone()[0])

    def waiting(self, limit: int) -> dict[int, str]:
        """Row to passage id of at most `limit` passages that have none yet."""
        with self._database.reading() as connection:
            found = connection.execute(f"{_WAITING} ORDER BY row LIMIT ?", (limit,))
            return dict(found.fetchall())

    def add(self, vectors: Mapping[int, bytes]) -> None:
        """Row to vector, float16."""
        with self._database.writing() as connection:
            connection.executemany("INSERT INTO new_vectors VALUES (?, ?)", vectors.items())

    def take_over(self, model: str) -> bool:
        """Put them in the place of those that served; False if a passage has none yet."""
        with self._database.writing() as connection:
            if connection.execute(f"{_WAITING} LIMIT 1").fetchone():
                return False
            connection.execute("DELETE FROM vectors")
            connection.execute("INSERT INTO vectors SELECT row, vector FROM new_vectors")
            connection.execute("DELETE FROM new_vectors")
            note(connection, {"embedding": model, "new_embedding": ""})
            note(connection, {"index_whole": "", "index_filled": "0"})  # so it is built anew
            changed(connection)
        return True
