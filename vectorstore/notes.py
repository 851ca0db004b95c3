"""What a SQLite ledger knows about itself, read and written within a transaction."""

from __future__ import annotations

from collections.abc import Mapping

from vectorstore.database import Connection

PUT_BACK = "put back:"  # begins what is noted of words that a person put back into an article


def noted(connection: Connection, key: str) -> str:
    """What is noted under `key`; "" if nothing is."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def note(connection: Connection, values: Mapping[str, str]) -> None:
    """Note `values`."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())


def changed(connection: Connection) -> None:
    """Tell other programs that passages or vectors are other ones."""
    note(connection, {"version": str(int(noted(connection, "version") or 0) + 1)})
