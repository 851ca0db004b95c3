"""One writer at a time: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vectorstore.errors import ArchiveBusy, ArchiveError


class WriterLock:
    """Holds `folder`, made if it is missing, until `release`: against this process too.

    Raises:
        ArchiveBusy: somebody else holds it; the message names the program.
        ArchiveError: it cannot be written or locked.
    """

    def __init__(self, folder: Path) -> None:
        import fcntl

        self._file: int | None = _opened(folder)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._file, 200, 0).decode(errors="replace").strip()
            self.release()
            raise ArchiveBusy(
                f"{folder} is open for writing in another program"
                f" ({holder or 'unknown'}): close that one, or open the archive read-only."
            ) from None
        except OSError as error:
            self.release()
            raise ArchiveError(
                f"{folder} cannot be locked ({error.strerror}): keep the archive on a local disk."
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"process {os.getpid()}, {_program()}".encode(), 0)

    def release(self) -> None:
        """Let go. Calling it again does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _opened(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ArchiveError(
            f"{folder} cannot be written ({error.strerror}): choose another folder, or open it"
            " read-only."
        ) from error


def _program() -> str:
    return Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
