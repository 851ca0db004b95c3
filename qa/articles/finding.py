"""The files of a folder that may hold articles."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from qa.records import Skipped

TEXT = frozenset({".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
READ = TEXT | MARKDOWN | HTML

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

    Hidden files and README-kind files of a folder are passed over without a word.
    """
    path = Path(path)
    if path.is_dir():
        yield from _walk(path, frozenset())
    elif path.exists():
        yield path if path.suffix.lower() in READ else Skipped(str(path), unread_kind(path))
    else:
        yield Skipped(str(path), "there is no such file or folder; check the path")


def unread_kind(path: Path) -> str:
    """Why a file of this kind is not read, and what to do about it."""
    suffix = path.suffix.lower()
    if suffix in _IMAGES:
        return "an image holds no text to read; save its article as .txt, .md or .html"
    kind = f"files of kind {suffix} are" if suffix else "a file without an extension is"
    return f"{kind} not read; save it as .txt, .md or .html"


def _walk(folder: Path, above: frozenset[Path]) -> Iterator[Path | Skipped]:
    real = folder.resolve()
    if real in above:
        yield Skipped(str(folder), "a link that leads back to a folder above it")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(str(folder), f"the folder cannot be opened ({error.strerror})")
        return
    if any(entry.name == _LEDGER for entry in entries):
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _visit(Path(entry.path), above | {real})


def _visit(path: Path, above: frozenset[Path]) -> Iterator[Path | Skipped]:
    try:
        is_folder = path.is_dir()
        exists = path.exists()
    except OSError:  # a link that leads to itself
        is_folder = exists = False
    if is_folder:
        yield from _walk(path, above)
    elif not exists:
        yield Skipped(str(path), "a link that leads nowhere")
    elif _ABOUT_FOLDER.fullmatch(path.name) or path.suffix.lower() in _BESIDE:
        return
    elif path.suffix.lower() in READ:
        yield path
    else:
        yield Skipped(str(path), unread_kind(path))
