"""A SQLite file that many threads read while one writes, and its errors in plain words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from vectorstore.errors import ArchiveDamaged, ArchiveError, ArchiveReadOnly

Connection = sqlite3.Connection

_PATIENCE = 30.0  # seconds to wait for a file that another program holds


class Database:
    """Lends each connection to one thread at a time; readers never wait for the writer (WAL)."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        self._idle: list[Connection] = []
        self._closed = False
        self._file: tuple[int, int] | None = None  # the file that was opened, whatever its name
        self._guard = threading.Lock()
        self._write = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose reads all see the same state of the file."""
        with self._explained():
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.rollback()
                self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: committed whole at the end, or not at all."""
        if self._read_only:
            raise ArchiveReadOnly(
                f"{self.path.parent} was opened read-only: open it for writing to change it."
            )
        with self._write, self._explained():
            connection = self._take()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.commit()
                self._check_there()  # what nobody can find again was not stored
            finally:
                connection.rollback()
                self._give_back(connection)

    def copy_to(self, file: Path) -> None:
        """A copy of one state of the file; others may write meanwhile.

        Raises:
            sqlite3.Error: the copy cannot be written.
        """
        connection = self._take()
        try:
            with closing(sqlite3.connect(file)) as copy:
                connection.backup(copy)
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close every idle connection; one that is lent out closes when it comes back."""
        with self._guard:
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    def _take(self) -> Connection:
        with self._guard:
            if self._closed:
                raise ArchiveError(f"{self.path.parent} was closed: open the archive again.")
            self._check_there()
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: Connection) -> None:
        with self._guard:
            if self._closed:
                connection.close()
            else:
                self._idle.append(connection)

    def _connect(self) -> Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{self._mode()}",
            uri=True,
            timeout=_PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.create_function("casefold", 1, str.casefold, deterministic=True)
        connection.execute("PRAGMA foreign_keys = ON")
        if not self._read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        self._file = self._file or _identity(self.path)
        return connection

    def _check_there(self) -> None:
        """A file that is removed can still be written, for nobody: so its name is looked at."""
        if self._file and _identity(self.path) != self._file:
            raise ArchiveError(
                f"{self.path} was removed or replaced while it was open, and nothing is put into it"
                " any more: put it back, or close Footnote and open the archive again."
            )

    def _mode(self) -> str:
        if not self._read_only:
            return "mode=rw" if self._file else "mode=rwc"
        # SQLite makes a small file beside the ledger even to read, where a writer may come along.
        # In a folder that is closed to us it must be told that none is there.
        written = os.access(self.path.parent, os.W_OK) or Path(f"{self.path}-wal").exists()
        return "mode=ro" if written else "mode=ro&immutable=1"

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self._in_plain_words(error) from error
        except UnicodeEncodeError as error:
            raise ArchiveError(
                f"A text holds characters that are not valid Unicode ({error.reason}): "
                "save its file as UTF-8."
            ) from error

    def _in_plain_words(self, error: sqlite3.DatabaseError) -> Exception:
        match getattr(error, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                return ArchiveDamaged(
                    f"{self.path} is damaged ({error}): restore a backup (`footnote restore`), or"
                    f" delete {self.path.parent} and ingest the articles again."
                )
            case sqlite3.SQLITE_FULL:
                return ArchiveError(
                    f"No space left on the disk of {self.path}: free some and run it again;"
                    " what was stored before is safe."
                )
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
                return ArchiveError(
                    f"{self.path} cannot be opened or written ({error}): check the permissions."
                )
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return ArchiveError(
                    f"{self.path} cannot be used now: another program holds it ({error}); close"
                    " that, or try again later."
                )
            case sqlite3.SQLITE_IOERR:
                return ArchiveError(f"{self.path} cannot be read or written now ({error}).")
        return ArchiveError(f"{self.path} cannot be used ({error}): run it again.")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
