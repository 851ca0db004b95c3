"""One writer at a time: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vectorstore.errors import ArchiveBusy, ArchiveError


class WriterLock:
    """Holds `folder`, made if it is missing, until `release`: against this process too.

    The file `lock` says who holds it and may be deleted by whoever tidies up, so the folder itself
    is locked beside it.

    Raises:
        ArchiveBusy: somebody else holds it; the message names the program.
        ArchiveError: it cannot be written or locked.
    """

    def __init__(self, folder: Path) -> None:
        self._held = _opened(folder)
        try:
            self._lock(folder)
        except BaseException:
            self.release()
            raise
        os.ftruncate(self._held[0], 0)
        os.pwrite(self._held[0], f"process {os.getpid()}, {_program()}".encode(), 0)

    def release(self) -> None:
        """Let go. Calling it again does nothing."""
        while self._held:
            os.close(self._held.pop())

    def _lock(self, folder: Path) -> None:
        import fcntl

        file, place = self._held
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if isinstance(error, BlockingIOError):
                    raise  # else its file system locks files alone
        except BlockingIOError:
            holder = os.pread(file, 200, 0).decode(errors="replace").strip()
            raise ArchiveBusy(
                f"{folder} is open for writing in another program"
                f" ({holder or 'unknown'}): close that one, or open the archive read-only."
            ) from None
        except OSError as error:
            raise ArchiveError(
                f"{folder} cannot be locked ({error.strerror}): keep the archive on a local disk."
            ) from error


def _opened(folder: Path) -> list[int]:
    """The file `lock`, and the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        return [file, os.open(folder, os.O_RDONLY | os.O_CLOEXEC)]
    except OSError as error:
        raise ArchiveError(
            f"{folder} cannot be written ({error.strerror}): choose another folder, or open it"
            " read-only."
        ) from error


def _program() -> str:
    return Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
