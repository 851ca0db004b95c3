"""One writer at a time: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vectorstore.errors import ArchiveBusy, ArchiveError


class WriterLock:
    """Holds `path` locked from construction to `release`, against this process too.

    Raises:
        ArchiveBusy: somebody else holds it; the message names the program.
    """

    def __init__(self, path: Path) -> None:
        import fcntl

        self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._file, 200, 0).decode(errors="replace").strip()
            self.release()
            raise ArchiveBusy(
                f"{path.parent} is open for writing in another program"
                f" ({holder or 'unknown'}): close that one, or open the archive read-only."
            ) from None
        except OSError as error:
            self.release()
            raise ArchiveError(
                f"{path} cannot be locked ({error.strerror}): keep the archive on a local disk."
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"process {os.getpid()}, {_program()}".encode(), 0)

    def release(self) -> None:
        """Let go. Calling it again does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _program() -> str:
    return Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
