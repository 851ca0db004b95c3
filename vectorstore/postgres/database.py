"""A PostgreSQL database that many threads, programs and machines read and write."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vectorstore.errors import ArchiveError, ArchiveReadOnly
from vectorstore.place import Address
from vectorstore.postgres.explaining import in_plain_words

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]
else:
    Connection = object

WRITING, INDEXING = 1, 2  # what is done by one program at a time

# A lock belongs to a schema, since one database may hold an archive in each.
_KEY = "(%s::bigint << 32) | current_schema()::regnamespace::oid::bigint"
_PATIENCE = 60  # seconds to wait for another program's change
_DEFAULTS: dict[str, Any] = {
    "connect_timeout": 10,
    "application_name": "footnote",
    "tcp_user_timeout": 30_000,  # milliseconds until a server that vanished counts as gone
}


class Database:
    """Lends each connection to one thread at a time."""

    def __init__(self, address: Address, *, read_only: bool = False) -> None:
        self.address = address
        self._read_only = read_only
        self._idle: list[Connection] = []
        self._closed = False
        self._guard = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose reads all see the same state."""
        with self._lent("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, alone of all programs: committed whole at the end, or not at all."""
        if self._read_only:
            raise ArchiveReadOnly(
                f"{self.address} was opened read-only: open it for writing to change it."
            )
        with self._lent("BEGIN") as connection:
            connection.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}s'")
            connection.execute(f"SELECT pg_advisory_xact_lock({_KEY})", [WRITING])
            yield connection
            connection.commit()

    @contextmanager
    def alone(self, task: int, *, wait: bool) -> Iterator[bool]:
        """Hold the lock of `task` against all programs; False if another has it and not `wait`."""
        kind = "" if wait else "try_"
        with self._lent("BEGIN") as connection:
            connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            got = connection.execute(f"SELECT pg_{kind}advisory_xact_lock({_KEY})", [task])
            yield wait or bool(got.fetchall()[0][0])

    def all(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What one question gives."""
        with self._lent("") as connection:
            return connection.execute(sql, values, binary=True).fetchall()

    def close(self) -> None:
        """Close every idle connection; one that is lent out closes when it comes back."""
        with self._guard:
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def _lent(self, begin: str) -> Iterator[Connection]:
        import psycopg

        connection = self._begun(begin or "SELECT 1")
        try:
            yield connection
        except (psycopg.Error, UnicodeEncodeError) as error:
            raise in_plain_words(error, self.address) from error
        finally:
            self._give_back(connection)

    def _begun(self, begin: str) -> Connection:
        """A connection that has executed `begin`: an idle one may have died with its server."""
        import psycopg

        while True:
            connection = self._taken()
            fresh = connection is None
            connection = connection or self._connected()
            try:
                connection.execute(begin)
                return connection
            except psycopg.OperationalError as error:
                connection.close()
                if fresh:
                    raise in_plain_words(error, self.address) from error

    def _taken(self) -> Connection | None:
        with self._guard:
            if self._closed:
                raise ArchiveError(f"{self.address} was closed: open the archive again.")
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: Connection) -> None:
        import psycopg

        try:
            connection.rollback()
        except psycopg.Error:  # it broke: what it was lent for has failed already
            connection.close()
        with self._guard:
            if self._closed:
                connection.close()
            elif not connection.closed:
                self._idle.append(connection)

    def _connected(self) -> Connection:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

        try:
            given = conninfo_to_dict(self.address.url)
            connection = psycopg.connect(**{**_DEFAULTS, **given}, autocommit=True)
            # Compiling a word search took 1.8 s and running it 5 ms, on tables without statistics.
            connection.execute("SET jit = off")
            return connection
        except psycopg.Error as error:
            raise in_plain_words(error, self.address) from error
