"""A ledger in PostgreSQL, opened: made, brought up to the newest layout, or refused."""

from __future__ import annotations

import uuid
from contextlib import ExitStack

from vectorstore.errors import ArchiveError
from vectorstore.place import Address
from vectorstore.postgres import schema
from vectorstore.postgres.database import Connection, Database
from vectorstore.postgres.ledger import Ledger
from vectorstore.postgres.notes import note, noted
from vectorstore.postgres.passages import Passages

_HAS_META = """
SELECT 1 FROM pg_class
WHERE relname = 'meta' AND relnamespace = current_schema()::regnamespace
"""


def open_ledger(address: Address, opened: ExitStack, *, read_only: bool) -> tuple[Ledger, Passages]:
    """The ledger in the database at `address`, and its passages.

    Args:
        address: the database.
        opened: closes what is opened here.
        read_only: make nothing and write nothing.

    Raises:
        ArchiveError: it cannot be used; the message says what to do.
    """
    database = Database(address, read_only=read_only)
    opened.callback(database.close)
    if not read_only:
        _bring_up(database)
    _check_layout(database)
    return Ledger(database), Passages(database)


def _bring_up(database: Database) -> None:
    """Make the tables, or change those of an earlier layout into today's."""
    with database.reading() as connection:
        if _layout(connection) >= schema.VERSION:
            return
    with database.writing() as connection:
        layout = _layout(connection)  # another program may have come first
        if layout >= schema.VERSION:
            return
        for statements in schema.MIGRATIONS[layout:]:
            connection.execute(statements)
        if not layout:
            note(connection, {"archive": uuid.uuid4().hex})
        note(connection, {"schema": str(schema.VERSION)})


def _check_layout(database: Database) -> None:
    with database.reading() as connection:
        layout = _layout(connection)
    if not layout:
        raise ArchiveError(
            f"There is no archive in {database.address}: make one with"
            f" `footnote ingest FOLDER --archive {database.address}`."
        )
    if layout < schema.VERSION:
        raise ArchiveError(
            f"{database.address} has layout {layout} and this Footnote reads {schema.VERSION}:"
            " open it once for writing, as `footnote ingest` does, which brings it up."
        )
    if layout > schema.VERSION:
        raise ArchiveError(
            f"{database.address} has layout {layout} and this Footnote reads {schema.VERSION}:"
            " install the newest Footnote, or choose another database."
        )


def _layout(connection: Connection) -> int:
    """The number of the tables' layout; 0 where there are none."""
    # Not to_regclass, which may remember that there was no table before another program made it.
    if not connection.execute(_HAS_META).fetchone():
        return 0
    layout = noted(connection, "schema")
    if not layout.isdecimal():
        raise ArchiveError(
            "The database has a table `meta` that is none of Footnote's: choose another database."
        )
    return int(layout)
