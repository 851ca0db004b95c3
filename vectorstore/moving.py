"""An archive copied from one place to another, either way between a folder and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from vectorstore.embedding import Progress
from vectorstore.errors import ArchiveError
from vectorstore.kept import Fingerprint, Kept, digest_of, fingerprint
from vectorstore.notes import PUT_BACK
from vectorstore.opening import MOVING, open_ledger
from vectorstore.place import Address, located
from vectorstore.protocols import Ledger
from vectorstore.removed import REMOVED

_COMMIT = 256  # articles and passages a transaction, so that a cut loses seconds of work


@dataclass(frozen=True, slots=True)
class Moved:
    """What was copied, and is equal on both sides."""

    source: Path | Address
    target: Path | Address
    fingerprint: Fingerprint


def move(
    source: str | Path | Address,
    target: str | Path | Address,
    on_progress: Progress | None = None,
) -> Moved:
    """Copy the archive at `source` to `target`, and prove that they are equal.

    Nothing at `source` changes. Until all is there and compared, `target` refuses to be opened;
    cut short, the same call goes on where it was.

    Raises:
        ArchiveError: one of them cannot be used, `target` holds other articles, or `source` changed
            meanwhile.
    """
    first, second = _place(source), _place(target)
    if first == second:
        raise ArchiveError(f"{first} cannot be moved to itself: name another folder or database.")
    with ExitStack() as opened:
        here, reading = open_ledger(first, opened, read_only=True)
        there, _ = open_ledger(second, opened, read_only=False, half=True)
        version = reading.version()
        _mark(first, here, second, there)
        _copy(here, there, on_progress)
        found = fingerprint(_told("Comparing", here.everything(), here.count()[0], on_progress))
        if reading.version() != version:
            raise ArchiveError(
                f"{first} was changed while it was copied: run it again, which copies what changed."
            )
        if fingerprint(there.everything()) != found:
            raise ArchiveError(
                f"{second} is not equal to {first} after the copy: see whether its disk or server"
                " is sound, and run it again."
            )
        there.note(**{MOVING: "", "moving_archive": ""})
    return Moved(first, second, found)


def _place(archive: str | Path | Address) -> Path | Address:
    """As `located`, so that the folder is the same wherever it is read later."""
    place = located(archive)
    return place.absolute() if isinstance(place, Path) else place


def _mark(first: Path | Address, here: Ledger, second: Path | Address, there: Ledger) -> None:
    """Note what `there` is to become, unless it is something else already."""
    archive, known = here.meta("archive"), there.meta("moving_archive")
    if known != archive and (known or there.count()[0]):
        other = f"is being made from {there.meta(MOVING)}" if known else "holds articles already"
        raise ArchiveError(f"{second} {other}: name an empty place to move {first} to.")
    model = here.meta("embedding")
    if there.meta("embedding") != model:
        there.remove(list(there.hashes()))
    there.note(**{MOVING: str(first), "moving_archive": archive, "embedding": model})


def _copy(here: Ledger, there: Ledger, on_progress: Progress | None) -> None:
    """Put what is not there yet, or not as it is here, and take out what is not here."""
    known = {item.article.id: digest_of(item) for item in there.everything()}
    model = here.meta("embedding")
    waiting: list[Kept] = []
    for item in _told("Copying", here.everything(), here.count()[0], on_progress):
        if known.pop(item.article.id, None) != digest_of(item):
            waiting.append(item)
        if sum(1 + len(one.passages) for one in waiting) >= _COMMIT:
            there.replace(waiting, model=model)
            waiting = []
    there.replace(waiting, model=model)
    there.remove(list(known))
    for kept in (REMOVED, PUT_BACK):
        there.note(**here.notes(kept))


def _told(
    stage: str, items: Iterable[Kept], total: int, on_progress: Progress | None
) -> Iterator[Kept]:
    for done, item in enumerate(items, start=1):
        yield item
        if on_progress:
            on_progress(stage, done, max(total, done))
