"""The ledger of an archive, whichever engine keeps it: the one place that knows them both."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from vectorstore import ledger as sqlite
from vectorstore import passages
from vectorstore.errors import ArchiveError
from vectorstore.lock import WriterLock
from vectorstore.place import Address
from vectorstore.protocols import Ledger, Passages

MOVING = "moving"  # noted while an archive is not yet all that it is to become


def open_ledger(
    place: Path | Address, opened: ExitStack, *, read_only: bool, half: bool = False
) -> tuple[Ledger, Passages]:
    """The ledger at `place` and its passages.

    Args:
        place: a folder, or the address of a database.
        opened: closes what is opened here.
        read_only: make nothing and write nothing.
        half: whether one that `footnote move` has not finished will do.

    Raises:
        ArchiveError: it cannot be used; the message says what to do.
    """
    ledger, found = _opened(place, opened, read_only=read_only)
    if not half and (source := ledger.meta(MOVING)):
        raise ArchiveError(
            f"{place} is not whole yet: go on with `footnote move {source} {place}`."
        )
    return ledger, found


def _opened(
    place: Path | Address, opened: ExitStack, *, read_only: bool
) -> tuple[Ledger, Passages]:
    if isinstance(place, Address):
        from vectorstore.postgres.opening import open_ledger as open_in_postgres

        return open_in_postgres(place, opened, read_only=read_only)
    if not read_only:
        opened.callback(WriterLock(place).release)
    ledger = sqlite.Ledger(place / "ledger.sqlite", read_only=read_only)
    opened.callback(ledger.close)
    return ledger, passages.Passages(ledger.database)
