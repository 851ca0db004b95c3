"""The vector index on a Chroma server, which other programs and machines use too."""

from __future__ import annotations

import logging
import math
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vectorstore import index as chroma
from vectorstore.errors import IndexUnavailable
from vectorstore.exact import cosines
from vectorstore.index import Index, IndexFailed
from vectorstore.mirror import CHUNK, Mirror
from vectorstore.serving import connect

if TYPE_CHECKING:
    from vectorstore.embedding import Progress
    from vectorstore.protocols import Ledger, Passages
    from vectorstore.vectors import Vectors

_log = logging.getLogger(__name__)

_COLLECTION = "footnote-"  # what our collections on a server begin with
_REST = 30.0  # seconds that a server which failed is left alone


class ServedMirror(Mirror):
    """A collection of a server, named after its archive.

    A server that goes comes back, so one that fails is asked again after a rest, and search goes on
    without it. Only what is not as the ledger has it is built anew.
    """

    def __init__(
        self,
        ledger: Ledger,
        passages: Passages,
        folder: Path | None,
        on_progress: Progress | None,
        *,
        url: str,
        wait: float,
        read_only: bool,
        check: Callable[[], None],
    ) -> None:
        """Nothing is asked of the server until it is first needed.

        Args:
            ledger: the truth.
            passages: its passages.
            folder: where an embedded index may lie, which is of no more use then.
            on_progress: told of indexing.
            url: the server's address.
            wait: seconds to wait for it, trying again included.
            read_only: search what others have put there, and put nothing.
            check: raises if the vectors have become another model's.
        """
        super().__init__(ledger, passages, folder or Path(), on_progress)
        self._embedded = folder
        self._url = url
        self._wait = wait
        self._read_only = read_only
        self._check = check
        self._failed_at = self._again_at = -math.inf

    def search(self, query: Vectors, top_k: int) -> list[tuple[int, float]] | None:
        """The nearest rows with their cosines; None if the server fails or lags too far behind.

        What other programs have put into the ledger and not yet into the index is found too.

        Raises:
            IndexUnavailable: no server answers at the address given, and none has in this session.
            ModelMismatch: another program has embedded the archive with another model.
        """
        self._check()
        filled = self._filled()
        found = super().search(query, top_k)
        if found is None:
            return None
        rows, vectors = self._passages.vectors_above(filled, CHUNK + 1)
        if len(rows) > CHUNK:
            return None
        new = zip(rows.tolist(), cosines(vectors, query).tolist(), strict=True) if len(rows) else ()
        return sorted({**dict(found), **dict(new)}.items(), key=lambda one: (-one[1], one[0]))

    def sync(self) -> None:
        """Put into the index what only the ledger has, and take out what is gone from it.

        Raises:
            IndexUnavailable: no server answers at the address given, and none has in this session.
        """
        if self._resting():
            return
        try:
            with self._ledger.indexing():
                super().sync()
        except IndexUnavailable as error:
            self._failed(error)

    def _open_unless_busy(self) -> Index | None:
        if self._resting():
            return None
        try:
            if self._read_only:
                return super()._open_unless_busy()
            with self._ledger.indexing(wait=False) as alone:
                return super()._open_unless_busy() if alone else None
        except IndexUnavailable as error:
            self._failed(error)
            return None

    def _failed(self, error: IndexUnavailable) -> None:
        if not self._failures:
            raise error
        self._distrust(None, error)

    def _resting(self) -> bool:
        return time.monotonic() < self._again_at

    def _distrust(self, index: Index | None, error: Exception) -> None:
        with self._guard:
            if index is not self._index:
                return  # another thread came first
            _log.warning("Search goes on without the Chroma server: %s", error)
            now = time.monotonic()
            if now < self._failed_at + 2 * _REST:  # else at once: it may only have been restarted
                self._again_at = now + _REST
            self._failed_at = now
            self._failures += 1
            self._index = None

    def _opened(self) -> Index:
        if not self._read_only:
            return super()._opened()
        place = self._ledger.meta("index_place")
        if not place.startswith(_COLLECTION):
            raise IndexFailed("the archive has no index there yet")
        return Index(self._client(), place, make=False)

    def _mine(self, place: str) -> bool:
        return place.startswith(_COLLECTION)

    def _doubt(self, place: str) -> str:
        return ""  # a server keeps its own files whole

    def _empty(self) -> Index:
        old = self._ledger.meta("index_place")
        number = int(self._ledger.meta("index_number") or 0) + 1
        place = f"{_COLLECTION}{self._ledger.meta('archive')}-{number}"
        client = self._client()  # first of all, since it may be out of reach
        if old.startswith(_COLLECTION):
            chroma.delete_collection(client, old)
        self._ledger.note(
            index_place=place, index_number=str(number), index_filled="0", index_whole=""
        )
        for folder in self._embedded.glob("index-*") if self._embedded else ():
            shutil.rmtree(folder, ignore_errors=True)
        return Index(client, place)

    def _at(self, place: str) -> Index:
        return Index(self._client(), place)

    def _client(self) -> Any:
        wait = 0.0 if self._failures else self._wait  # while it fails, questions wait no longer
        return connect(self._url, wait=wait, patience=self._wait)
