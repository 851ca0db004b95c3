"""Files as they lie on the disk: whether they may be opened, and what went wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.articles.kinds import BUNDLES, most_bytes
from qa.errors import FootnoteError, UnreadableFile

_DENSEST = 100  # times as large as what it is packed into; prose is packed to a third
_SMALL = 10_000_000  # bytes that may be as dense as they like


@contextmanager
def border(path: Path) -> Iterator[None]:
    """Whatever goes wrong with a file in here becomes `UnreadableFile`, and ends nothing else.

    What others wrote, and the libraries that take it apart, fail in more ways than can be named.
    """
    try:
        yield
    except FootnoteError:
        raise
    except RecursionError:
        raise UnreadableFile(path, "it is nested too deeply; save its text as .txt") from None
    except MemoryError:
        raise UnreadableFile(path, "there is not enough memory to read it; split it") from None
    except Exception as error:
        what = f"{type(error).__name__}: {' '.join(str(error)[:500].split())[:120]}"
        raise UnreadableFile(path, f"it cannot be read ({what}); save its text as .txt") from error


def check_file(path: Path) -> None:
    """Raise `UnreadableFile` where opening it would hang, or take a file that is no article."""
    try:
        if not path.is_file():
            there = "it is not a regular file" if path.exists() else "there is no such file"
            raise UnreadableFile(path, there)
        check_size(path, path.stat().st_size)
    except OSError as error:
        raise UnreadableFile(path, f"the file cannot be opened ({error.strerror})") from error


def check_size(path: Path, size: int) -> None:
    """Raise `UnreadableFile` where so many bytes are too many for a file of this name."""
    suffix = path.suffix.lower()
    most = most_bytes(suffix)
    if size > most:
        what = "is read at once" if suffix in BUNDLES else "one article"
        limit = f"{size / 1e6:.0f} MB is more than {what} ({most // 1_000_000} MB at most)"
        raise UnreadableFile(path, f"{limit}; split it")


def check_packed(path: Path, packed: int, size: int) -> None:
    """Raise `UnreadableFile` where so few bytes would unpack to so many that no articles do."""
    if size > max(_SMALL, _DENSEST * packed):
        times = f"{size / max(packed, 1):,.0f} times its size"
        raise UnreadableFile(path, f"it would unpack to {times}, as no articles do")


def load(path: Path) -> bytes:
    """The bytes of a file that `check_file` lets through.

    Raises:
        UnreadableFile: It may not be opened, or is empty.
    """
    check_file(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, f"the file cannot be opened ({error.strerror})") from error
    check_filled(path, raw)
    return raw


def check_filled(path: Path, raw: bytes) -> None:
    """Raise `UnreadableFile` where there are no bytes but spaces."""
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableFile(path, "the file is empty")
