"""Copies of the files that people add, so that the archive never rests on a temporary file."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path


def keep(files: Iterable[str | Path], folder: Path) -> list[Path]:
    """Copy files into `folder`; a name that is taken by other words gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_copied(Path(file), folder) for file in files]


def _copied(file: Path, folder: Path) -> Path:
    content = file.read_bytes()
    target, number = folder / file.name, 1
    while target.exists() and target.read_bytes() != content:
        number += 1
        target = folder / f"{file.stem}-{number}{file.suffix}"
    if not target.exists():
        shutil.copyfile(file, target)
    return target
