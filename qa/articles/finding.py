"""The files of a folder that may hold articles."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from qa.articles.kinds import READ
from qa.records import Skipped

_Place = tuple[int, int]  # device and inode: what a folder is, whatever way leads to it

# What lies beside articles and nobody takes for one: page assets, code, data, leftovers.
_BESIDE = frozenset(
    ".css .js .map .ico .woff .woff2 .ttf .py .pyc .sh .json .jsonl .yaml .yml .toml .ini .cfg"
    " .db .sqlite .lock .log .tmp .bak .swp".split()
)
_IMAGES = frozenset(".png .jpg .jpeg .gif .webp .svg .tif .tiff .bmp .heic .avif".split())
_LEDGER = "ledger.sqlite"  # an archive of ours that lies among the articles is none of them
_ABOUT = "readme|licen[sc]e|copying|changelog|changes|contributing|notice|authors|security"
# README, README.de.md and LICENSE-MIT are about a folder; license-row-ends.txt is news.
_ABOUT_FOLDER = re.compile(
    rf"(?i:{_ABOUT}|code_of_conduct)(\.\w+)?|(README|LICEN[SC]E|CHANGELOG)[-_.]\w+(\.\w+)?"
)


def find_files(path: str | Path) -> Iterator[Path | Skipped]:
    """Walk a file or folder in name order; yield what may be read, and what is left out and why.

    Hidden files and README-kind files of a folder are passed over without a word. Links within the
    folder are followed, links out of it are not.
    """
    path = Path(path)
    if path.is_dir():
        yield from _walk(path)
    elif path.exists():
        yield path if path.suffix.lower() in READ else Skipped(str(path), unread_kind(path))
    else:
        yield Skipped(str(path), "there is no such file or folder; check the path")


def find_all(paths: Iterable[Path]) -> list[tuple[Path, Path | Skipped]]:
    """Each file of several files and folders once, with the folder that its id is relative to."""
    found: dict[str, tuple[Path, Path | Skipped]] = {}
    for path in paths:
        root = path if path.is_dir() else path.parent
        for file in find_files(path):
            where = file.path if isinstance(file, Skipped) else str(absolute(file))
            found.setdefault(where, (root, file))
    return list(found.values())


def absolute(path: Path) -> Path:
    """Without `..`, but links keep their own names: a deleted link is a file that is gone."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def unread_kind(path: PurePath) -> str:
    """Why a file of this kind is not read, and what to do about it."""
    suffix = path.suffix.lower()
    if suffix in _IMAGES:
        return "an image holds no text to read; save its article as .txt, .md or .html"
    kind = f"files of kind {suffix} are" if suffix else "a file without an extension is"
    return f"{kind} not read; save it as .txt, .md or .html"


def _walk(root: Path) -> Iterator[Path | Skipped]:
    """Without recursion: folders may lie in one another as deep as a path is long."""
    home = root.resolve()
    waiting: list[tuple[Path, frozenset[_Place]]] = [(root, frozenset())]
    while waiting:
        path, above = waiting.pop()
        try:
            if path != root and path.is_symlink():
                _check_link(path, home)
            if not path.is_dir():
                yield from _visit(path)
                continue
            place = _place(path)
            if place in above:
                raise _LeftOut("a link that leads back to a folder above it")
            inside = [(entry, above | {place}) for entry in reversed(_entries(path))]
        except _LeftOut as error:
            yield Skipped(str(path), str(error))
        except OSError as error:
            yield Skipped(str(path), f"it cannot be opened ({error.strerror})")
        else:
            waiting.extend(inside)


class _LeftOut(Exception):
    """Why a link is not followed."""


def _check_link(link: Path, home: Path) -> None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: it leads to itself
        raise _LeftOut("a link that leads nowhere") from None
    if not target.is_relative_to(home):
        raise _LeftOut("a link that leads out of the folder; name what it leads to")


def _place(folder: Path) -> _Place:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _entries(folder: Path) -> list[Path]:
    names = sorted(entry.name for entry in os.scandir(folder))
    if _LEDGER in names:
        return []
    return [folder / name for name in names if not name.startswith(".")]


def is_beside(path: PurePath) -> bool:
    """Whether a file lies beside articles and is none of them, by its name."""
    return bool(_ABOUT_FOLDER.fullmatch(path.name)) or path.suffix.lower() in _BESIDE


def _visit(path: Path) -> Iterator[Path | Skipped]:
    if is_beside(path):
        return
    yield path if path.suffix.lower() in READ else Skipped(str(path), unread_kind(path))
