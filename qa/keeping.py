"""Files that Footnote writes for a person: what was pasted or fetched, as files of its own."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

VERSIONS = ".versions"  # hidden, so that no ingestion takes them for articles
_SLUG = 60  # characters


def slug(words: str) -> str:
    """Words as a file's name, without its kind."""
    found = re.findall(r"\w+", words.lower()[: 4 * _SLUG])
    return "-".join(found)[:_SLUG].strip("-") or "article"


def keep_new(folder: Path, stem: str, suffix: str, content: bytes) -> Path:
    """Write a file; a name that is taken by other words gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / f"{stem}{suffix}", 1
    while target.exists() and target.read_bytes() != content:
        number += 1
        target = folder / f"{stem}-{number}{suffix}"
    _write(target, content)
    return target


def keep_latest(folder: Path, name: str, content: bytes) -> tuple[Path, Path | None]:
    """Write a file in the place of one of that name, and keep that one as an earlier version.

    Returns:
        The file, and where its earlier version lies now, if there was another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target, earlier = folder / name, None
    if target.exists() and target.read_bytes() != content:
        earlier = keep_earlier(target)
    _write(target, content)
    return target, earlier


def keep_earlier(file: Path) -> Path:
    """Copy a file that is about to be replaced to the earlier versions; return where it lies."""
    versions = file.parent / VERSIONS
    versions.mkdir(exist_ok=True)
    when = time.strftime("%Y%m%d-%H%M%S", time.gmtime(file.stat().st_mtime))
    return keep_new(versions, f"{file.stem}-{when}", file.suffix, file.read_bytes())


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all: a full disk leaves no half of it."""
    unfinished = target.with_name(f".{target.name}.part")
    try:
        unfinished.write_bytes(content)
        os.replace(unfinished, target)  # noqa: PTH105
    finally:
        unfinished.unlink(missing_ok=True)
