"""What a ledger in PostgreSQL knows about itself, read and written within a transaction."""

from __future__ import annotations

from collections.abc import Mapping

from vectorstore.postgres.database import Connection


def noted(connection: Connection, key: str) -> str:
    """What is noted under `key`; "" if nothing is."""
    row = connection.execute("SELECT value FROM meta WHERE key = %s", [key]).fetchone()
    return str(row[0]) if row else ""


def note(connection: Connection, values: Mapping[str, str]) -> None:
    """Note `values`."""
    sql = "INSERT INTO meta VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(values.items()))


def changed(connection: Connection) -> None:
    """Tell other programs that passages or vectors are other ones."""
    note(connection, {"version": str(int(noted(connection, "version") or 0) + 1)})
