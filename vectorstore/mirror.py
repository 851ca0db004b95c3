"""Keeps the vector index equal to the ledger, and builds it anew when it cannot be trusted."""

from __future__ import annotations

import logging
import random
import shutil
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore import index as chroma
from vectorstore.errors import ArchiveError
from vectorstore.index import Index, IndexFailed
from vectorstore.seal import Seal

if TYPE_CHECKING:
    from vectorstore.embedding import Progress
    from vectorstore.protocols import Ledger, Passages
    from vectorstore.vectors import Rows, Vectors

_log = logging.getLogger(__name__)

CHUNK = 4096  # rows that go from the ledger to the index at a time
_SAMPLE = 32  # rows compared at opening, besides the newest
_SEARCHES = 4  # of those, searched for
_THOROUGHLY = 256  # both, where the program did not end as it should: it may have died of a search
_WIDELY = 100  # nearest, for a vector that was not the nearest to itself: the graph is approximate


class Mirror:
    """The vector index of an archive.

    The ledger notes where the index lies, up to which row it is filled, the seal of its files if
    it was left whole, that it is being opened, and that it is in use. One that was cut while it was
    written, whose files are other ones, or that a program died of is never opened again: Chroma
    ends the program on it, and no exception says so.
    """

    def __init__(
        self,
        ledger: Ledger,
        passages: Passages,
        folder: Path,
        on_progress: Progress | None,
    ) -> None:
        self._ledger = ledger
        self._passages = passages
        self._folder = folder
        self._on_progress = on_progress
        self._seal = Seal()
        self._guard = threading.RLock()
        self._index: Index | None = None
        self._failures = 0

    def search(self, query: Vectors, top_k: int) -> list[tuple[int, float]] | None:
        """The nearest rows with their cosines; None if the index fails or is being built."""
        index = self._index or self._open_unless_busy()
        if index is None:
            return None
        try:
            return index.search(query, top_k)
        except IndexFailed as error:
            self._distrust(index, error)
            return None

    def sync(self) -> None:
        """Put into the index what only the ledger has, and take out what is gone from it."""
        with self._guard:
            if self._resting():
                return
            try:
                self._index = self._index or self._opened()
                self._fill(self._index)
            except IndexFailed as error:
                self._distrust(self._index, error)

    def trouble(self) -> str:
        """Why the index cannot serve as it is, told without opening it; "" if it can."""
        place = self._ledger.meta("index_place")
        missing = self._passages.count_above(self._filled())
        if not place:
            return "there is none yet" if missing else ""
        doubt = self._doubt(place) if place.startswith("index-") else ""
        behind = missing + len(self._passages.departed())
        return doubt or (f"it is {behind} passages behind" if behind else "")

    def close(self) -> None:
        """Close the index. Calling it again does nothing."""
        with self._guard:
            if self._index is not None:
                with suppress(IndexFailed, ArchiveError):  # nor is an archive that is gone told of
                    self._index.close()
                    self._ledger.note(index_in_use="")
                self._index = None

    def _open_unless_busy(self) -> Index | None:
        if self._resting() or not self._guard.acquire(blocking=False):
            return None
        try:
            self._index = self._index or self._opened()
        except IndexFailed as error:
            self._distrust(None, error)
        finally:
            self._guard.release()
        return self._index

    def _resting(self) -> bool:
        """Whether it has failed so often, as on a full disk, that it is left alone until closed."""
        return self._failures > 1

    def _distrust(self, index: Index | None, error: Exception) -> None:
        """Have the index built anew at its next use; after a second failure, at the next open."""
        with self._guard:
            if index is not self._index:
                return  # another thread came first
            _log.warning("The vector index failed, and search goes on without it: %s", error)
            self._ledger.note(index_whole="")
            self._failures += 1
            self._index = None

    def _opened(self) -> Index:
        index = self._trusted()
        if index is None:
            index = self._empty()
        self._fill(index)
        self._ledger.note(index_in_use="yes")
        return index

    def _trusted(self) -> Index | None:
        """The index that the ledger names, if it was left whole and holds what it should."""
        place = self._ledger.meta("index_place")
        if not self._mine(place):
            return None  # none yet, or Chroma has moved here
        reason = self._doubt(place)
        if not reason:
            try:
                index, reason = self._tried(place)
                if not reason:
                    return index
            except IndexFailed as error:
                reason = str(error)
        _log.warning("The vector index %s is built anew: %s.", place, reason)
        return None

    def _mine(self, place: str) -> bool:
        return place.startswith("index-")

    def _doubt(self, place: str) -> str:
        """Why the index is not even to be opened; "" if nothing speaks against it."""
        if self._ledger.meta("index_opening"):
            return "the program died when it last opened it"
        if not (seal := self._ledger.meta("index_whole")):
            return "it was not left whole"
        if not self._seal.holds(self._folder / place, seal):
            return "its files are not as they were left"
        return ""

    def _tried(self, place: str) -> tuple[Index, str]:
        """The index, and what is wrong with it. Only if the program dies here, a note stays."""
        self._ledger.note(index_opening=place)
        try:
            index = self._at(place)
            if self._agrees(index, thoroughly=bool(self._ledger.meta("index_in_use"))):
                return index, ""
            index.close()
            return index, "it differs from the ledger"
        finally:
            self._ledger.note(index_opening="")

    def _agrees(self, index: Index, *, thoroughly: bool) -> bool:
        """Whether the count, a sample of the vectors and a few searches are as they should be."""
        filled = self._filled()
        rows = self._passages.rows()
        rows = rows[rows <= filled]
        departed = sum(row <= filled for row in self._passages.departed())
        if index.count() != len(rows) + departed:
            return False
        if not len(rows):
            return True
        many, searches = (_THOROUGHLY,) * 2 if thoroughly else (_SAMPLE, _SEARCHES)
        sample, vectors = self._passages.vectors_at(_sample(rows, many))
        held = index.vectors(sample)
        return all(
            row in held and np.allclose(held[row], vector, atol=1e-3)
            for row, vector in zip(sample.tolist(), vectors, strict=True)
        ) and _finds(index, vectors[-searches:])

    def _empty(self) -> Index:
        """A new index with nothing in it, in the place of every one before."""
        number = int(self._ledger.meta("index_number") or 0) + 1
        place = f"index-{number}"
        self._ledger.note(
            index_place=place,
            index_number=str(number),
            index_filled="0",
            index_whole="",
            index_opening="",
        )
        for folder in self._folder.glob("index-*"):
            shutil.rmtree(folder, ignore_errors=True)
        return self._at(place)

    def _fill(self, index: Index) -> None:
        filled = self._filled()
        departed = self._passages.departed()
        total = self._passages.count_above(filled)
        if not total and not departed:
            return
        self._break_seal()
        index.delete(departed)
        self._passages.forget_departed(departed)
        done = 0
        while done < total:
            rows, vectors = self._passages.vectors_above(filled, CHUNK)
            if not len(rows):
                break
            index.add(rows, vectors)
            filled, done = int(rows[-1]), done + len(rows)
            self._ledger.note(index_filled=str(filled))
            if self._on_progress:
                self._on_progress("Indexing", done, total)
        self._ledger.note(index_whole=self._seal.of(self._folder / index.name))

    def _break_seal(self) -> None:
        """Before a write. Chroma writes parts of files: what others did to them would stay."""
        seal = self._ledger.meta("index_whole")
        place = self._ledger.meta("index_place")
        self._ledger.note(index_whole="")
        if seal and self._seal.of(self._folder / place) != seal:
            raise IndexFailed("its files were changed by somebody else")

    def _filled(self) -> int:
        """The highest row that was put into the index."""
        return int(self._ledger.meta("index_filled") or 0)

    def _at(self, place: str) -> Index:
        return Index(chroma.embedded(self._folder / place), place)


def _sample(rows: Rows, many: int) -> list[int]:
    chosen = random.sample(range(len(rows)), min(many, len(rows)))
    return [*rows[chosen].tolist(), *rows[-1:].tolist()]


def _finds(index: Index, vectors: Vectors) -> bool:
    """Whether a search for each vector finds it, or another that is the same."""
    return all(_found(index, vector, 1) or _found(index, vector, _WIDELY) for vector in vectors)


def _found(index: Index, vector: Vectors, many: int) -> bool:
    return any(cosine > 0.999 for _, cosine in index.search(vector, many))
