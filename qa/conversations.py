"""Conversations, kept in one SQLite file: each owner's own, found again, renamed, taken back.

What a turn holds is its writer's business: a record is text, handed back as it was given.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from qa.errors import ConversationsUnusable

_UNDO = 24 * 3600.0  # seconds that a deleted conversation can still be taken back
_TITLE = 70  # characters of a first question that name its conversation
_LISTED = 200
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    owner TEXT, id TEXT, title TEXT, changed REAL, deleted REAL, PRIMARY KEY (owner, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns (
    owner TEXT, id TEXT, number INTEGER, words TEXT, record TEXT,
    PRIMARY KEY (owner, id, number),
    FOREIGN KEY (owner, id) REFERENCES conversations ON DELETE CASCADE
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation as it is listed."""

    id: str
    title: str
    changed: float  # seconds since the epoch


class Conversations:
    """The conversations of everybody; every call names whose, and reaches no other's.

    Many threads may use it at once.
    """

    def __init__(self, file: Path) -> None:
        """Keep conversations in `file`, which is made when it is first written to."""
        self._file = file
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None

    def put(
        self,
        owner: str,
        id_: str,
        number: int,
        *,
        said: str,
        title: str,
        record: str,
        began: float | None = None,
    ) -> None:
        """Keep a turn, in place of the one of that number and of those after it.

        Args:
            owner: whose it is.
            id_: the conversation's; a new one begins it.
            number: from 0.
            said: the words that a search finds it by.
            title: names the conversation, if it has no name yet.
            record: the turn.
            began: when it was asked, in seconds since 1970; None: now. A conversation that was
                deleted since then stays so.
        """
        now = time.time()
        with self._open() as database:
            database.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?, NULL) "
                "ON CONFLICT DO UPDATE SET changed = excluded.changed,"
                " deleted = CASE WHEN deleted > ? THEN deleted END",
                (owner, id_, _short(title), now, now if began is None else began),
            )
            database.execute(
                "DELETE FROM turns WHERE owner = ? AND id = ? AND number >= ?", (owner, id_, number)
            )
            database.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?)",
                (owner, id_, number, said.casefold(), record),
            )

    def amend(self, owner: str, id_: str, number: int, record: str) -> None:
        """Put another record in place of a turn's; what follows it stays."""
        with self._open() as database:
            database.execute(
                "UPDATE turns SET record = ? WHERE owner = ? AND id = ? AND number = ?",
                (record, owner, id_, number),
            )

    def records(self, owner: str, id_: str) -> list[str]:
        """The turns of a conversation in order; none where the owner has no such conversation."""
        with self._open() as database:
            rows = database.execute(
                "SELECT record FROM turns JOIN conversations USING (owner, id) "
                "WHERE owner = ? AND id = ? AND deleted IS NULL ORDER BY number",
                (owner, id_),
            )
            return [record for (record,) in rows]

    def list(self, owner: str, wanted: str = "") -> list[Kept]:
        """The owner's conversations that hold every word of `wanted`, the latest first."""
        words = wanted.casefold().split()
        held = " AND (instr(folded(title), ?) OR EXISTS (SELECT 1 FROM turns t WHERE t.owner = "
        held += "c.owner AND t.id = c.id AND instr(t.words, ?)))"
        with self._open() as database:
            rows = database.execute(
                "SELECT id, title, changed FROM conversations c WHERE owner = ? AND deleted IS NULL"
                f"{held * len(words)} ORDER BY changed DESC LIMIT {_LISTED}",
                (owner, *(word for word in words for _ in range(2))),
            )
            return [Kept(*row) for row in rows]

    def title(self, owner: str, id_: str) -> str:
        """What a conversation is called; empty where the owner has no such conversation."""
        with self._open() as database:
            found = database.execute(
                "SELECT title FROM conversations WHERE owner = ? AND id = ?", (owner, id_)
            ).fetchone()
            return str(found[0]) if found else ""

    def rename(self, owner: str, id_: str, title: str) -> None:
        """Name a conversation; an empty name changes nothing."""
        if name := _short(title):
            self._set(owner, id_, "title", name)

    def delete(self, owner: str, id_: str) -> None:
        """Take a conversation away. It can be restored for a day; then it is gone for good."""
        self._set(owner, id_, "deleted", time.time())
        with self._open() as database:
            database.execute("DELETE FROM conversations WHERE deleted < ?", (time.time() - _UNDO,))

    def restore(self, owner: str, id_: str) -> None:
        """Bring back what was deleted."""
        self._set(owner, id_, "deleted", None)

    def _set(self, owner: str, id_: str, column: str, value: str | float | None) -> None:
        with self._open() as database:
            database.execute(
                f"UPDATE conversations SET {column} = ? WHERE owner = ? AND id = ?",
                (value, owner, id_),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, in one transaction. It stays open: each is spared a wait for the disk."""
        try:
            with self._lock:
                self._database = self._database or _connected(self._file)
                with self._database:
                    yield self._database
        except sqlite3.Error as error:
            self._database = None
            raise ConversationsUnusable(
                f"{self._file}: conversations cannot be kept there ({error}): check the disk and "
                "the folder's permissions, or move the file away and a new one is begun."
            ) from error


def _connected(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=10, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA foreign_keys = ON")
    database.create_function("folded", 1, str.casefold, deterministic=True)
    database.executescript(_SCHEMA)
    return database


def _short(title: str) -> str:
    """One line that fits a list."""
    line = " ".join(title.split())
    return line if len(line) <= _TITLE else line[:_TITLE].rsplit(" ", 1)[0] + " …"
