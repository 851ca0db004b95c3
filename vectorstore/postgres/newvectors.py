"""The vectors of another model, in PostgreSQL, while they grow beside those that serve."""

from __future__ import annotations

from collections.abc import Mapping

from vectorstore.postgres.database import Database
from vectorstore.postgres.notes import changed, note, noted

_WAITING = """
SELECT row, id FROM passages
WHERE NOT EXISTS (SELECT 1 FROM new_vectors WHERE new_vectors.row = passages.row)
ORDER BY row LIMIT %s
"""


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
        return int(self._database.all("SELECT count(*) FROM new_vectors")[0][0])

    def waiting(self, limit: int) -> dict[int, str]:
        """Row to passage id of at most `limit` passages that have none yet."""
        return {int(row): str(id_) for row, id_ in self._database.all(_WAITING, [limit])}

    def add(self, vectors: Mapping[int, bytes]) -> None:
        """Row to vector, float16."""
        sql = "INSERT INTO new_vectors VALUES (%s, %s) ON CONFLICT DO NOTHING"
        with self._database.writing() as connection, connection.cursor() as cursor:
            cursor.executemany(sql, list(vectors.items()))

    def take_over(self, model: str) -> bool:
        """Put them in the place of those that served; False if a passage has none yet."""
        with self._database.writing() as connection:
            if connection.execute(_WAITING, [1]).fetchone():
                return False
            # Others may have removed a passage while its new vector was made.
            both = "SELECT row, new_vectors.vector FROM new_vectors JOIN passages USING (row)"
            connection.execute("DELETE FROM vectors")
            connection.execute(f"INSERT INTO vectors {both}")
            connection.execute("DELETE FROM new_vectors")
            note(connection, {"embedding": model, "new_embedding": ""})
            note(connection, {"index_whole": "", "index_filled": "0"})  # so it is built anew
            changed(connection)
        return True
