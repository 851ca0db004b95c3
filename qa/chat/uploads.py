"""Copies of the files that people add, so that the archive never rests on a temporary file."""

from __future__ import annotations

import filecmp
import os
import unicodedata
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from functools import partial
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import IO, TYPE_CHECKING

from anyio.to_thread import run_sync

from qa import VERSIONS, FootnoteError, keep_earlier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.chat.visitor import Visitor

_PART = ".part"  # what is still coming in, or was cut off; hidden, so that nothing reads it
_NAME = 200  # bytes of a file's name; most file systems take 255
_AT_ONCE = 8  # files of one visitor that may be coming in together
_FULL = (ENOSPC, EDQUOT, EFBIG)


class Refused(FootnoteError):
    """A file is not kept; the message says why in one line, `status` in HTTP's terms."""

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.status = status


class Uploads:
    """The folder with what people added; those who sign in have one each inside."""

    def __init__(
        self,
        folder: Path,
        *,
        kinds: Collection[str],
        largest: Callable[[str], int],
        room: int = 1_000_000_000,
    ) -> None:
        """Take over the folder; what was cut off when a program ended there is thrown away.

        Args:
            kinds: the suffixes of the files that are kept.
            largest: bytes that a file of a suffix may have.
            room: bytes that each may keep.
        """
        self._folder, self._kinds = folder, frozenset(kinds)
        self._largest, self._room = largest, room
        self._coming: Counter[str] = Counter()
        self._naming = Lock()
        self._earlier: dict[Path, Path] = {}  # of files that were replaced: what was there before
        folder.parent.mkdir(parents=True, exist_ok=True)
        for cut in folder.rglob(f".*{_PART}"):
            cut.unlink(missing_ok=True)

    def find(self, visitor: Visitor, name: str) -> Path | None:
        """A file that the visitor added, by the name that it is kept under."""
        path = self._home(visitor) / name
        return path if name == fitting(name) and path.is_file() else None

    def replaced(self, path: Path) -> Path | None:
        """Where the version lies that a file took the place of; told once."""
        return self._earlier.pop(path, None)

    async def keep(self, visitor: Visitor, name: str, pieces: AsyncIterator[bytes]) -> str:
        """Keep a file that comes in pieces; return its name.

        What had that name is kept as an earlier version, of which `replaced` tells.

        Raises:
            Refused: it is of no kind that is read, too large, or there is no room; nothing is left
                of it, and no more is read of it.
        """
        name = fitting(name)
        if PurePath(name).suffix.lower() not in self._kinds:
            kinds = ", ".join(sorted(self._kinds))
            raise Refused(415, f"Files of this kind are not read; save it as one of {kinds}.")
        if self._coming[visitor.key] >= _AT_ONCE:
            raise Refused(429, "Too many files are coming in at once: add it again in a moment.")
        self._coming[visitor.key] += 1
        try:
            with _told(name):
                return await self._received(self._home(visitor), name, pieces)
        finally:
            self._coming[visitor.key] -= 1

    async def _received(self, home: Path, name: str, pieces: AsyncIterator[bytes]) -> str:
        for folder in (self._folder, home):  # not those above: an archive that is gone stays gone
            folder.mkdir(exist_ok=True)
        left, largest = self._room - _size(home), self._largest(PurePath(name).suffix.lower())
        with NamedTemporaryFile(dir=home, prefix=".", suffix=_PART, delete=False) as part:
            try:
                async for piece in pieces:
                    self._check_size(part.tell() + len(piece), largest, left)
                    part.write(piece)
                return await run_sync(partial(self._settled, part, home, name))
            finally:
                Path(part.name).unlink(missing_ok=True)

    def _check_size(self, size: int, largest: int, left: int) -> None:
        if size > largest:
            most = f"{largest / 1e6:g} MB"
            raise Refused(413, f"It is larger than one article may be ({most}): split it.")
        if size > left:
            most = f"{self._room / 1e6:g} MB"
            raise Refused(413, f"There is no room left of the {most} that each may add.")

    def _settled(self, part: IO[bytes], home: Path, name: str) -> str:
        """Give the file its name, unless it is there already; what was there is kept."""
        part.flush()
        path = home / name
        with self._naming:
            if not path.exists():
                Path(part.name).rename(path)
            elif not filecmp.cmp(part.name, path, shallow=False):
                self._earlier[path] = keep_earlier(path)
                Path(part.name).replace(path)
        return path.name

    def _home(self, visitor: Visitor) -> Path:
        return self._folder / f"@{visitor.name}" if visitor.name else self._folder


def _size(folder: Path) -> int:
    """The bytes of the files in a folder, earlier versions too."""
    sizes = _size(folder / VERSIONS) if (folder / VERSIONS).is_dir() else 0
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):  # what was coming in has come
            sizes += entry.stat().st_size if entry.is_file() else 0
    return sizes


def fitting(name: str) -> str:
    """A name that a file may have anywhere: no folder, nothing hidden, nothing invisible."""
    said = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    seen = "".join(c for c in said if unicodedata.category(c)[0] != "C").strip().lstrip(".")
    stem, dot, suffix = seen.rpartition(".")
    kept = stem.encode()[: _NAME - len(suffix.encode())].decode(errors="ignore").strip()
    return f"{kept or 'article'}{dot}{suffix}" if dot else seen


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What the disk says becomes one line, without the server's folders."""
    try:
        yield
    except FileNotFoundError:
        line = "The archive was removed while it was open here: nothing can be added."
        raise Refused(410, line) from None
    except OSError as error:
        if error.errno in _FULL:
            line = f"The disk of the archive is full: {name} was not kept. Make room, add it again."
            raise Refused(507, line) from None
        raise Refused(500, f"{name} could not be kept ({error.strerror}).") from error
