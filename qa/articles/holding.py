"""Where articles lie that lie in another file: `box.zip/mill.txt` is in `box.zip`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from qa.articles.kinds import HOLDERS
from qa.articles.parts import Part


class Holding:
    """Which articles lie in which file, as far as it is known without reading it again.

    Args:
        paths: where the articles of an archive lie.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            if holder := _holder(path):
                self._names[holder].append(_name(path, holder))
        self._found: dict[str, dict[str, str]] = {}  # file → name in it → digest, once it is read

    def places(self, file: str) -> dict[str, str]:
        """The names of the articles that a file held, each with its path; "" is the file itself."""
        return {"": file} | {name: f"{file}/{name}" for name in self._names[file]}

    def note(self, file: str, parts: Sequence[Part]) -> None:
        """What was found in a file, unless reading it came to no end."""
        if not any(part.reason and not part.name for part in parts):
            self._found[file] = {part.name: part.digest for part in parts}

    def digest(self, path: str) -> str | None:
        """The digest of what lies there now, where its holder has been read."""
        holder = _holder(path)
        return self._found[holder].get(_name(path, holder), "") if holder in self._found else None

    def exists(self, path: str) -> bool:
        """Whether the article is still there, or may be."""
        holder = _holder(path)
        if holder in self._found:
            return _name(path, holder) in self._found[holder]
        return _exists(holder or path)


def is_held(path: str) -> bool:
    """Whether the path leads into another file."""
    return bool(_holder(path))


def _holder(path: str) -> str:
    """The outermost file that the path leads into; "" where it leads into none."""
    for above in reversed(Path(path).parents):
        if above.suffix.lower() in HOLDERS and not above.is_dir():
            return str(above)
    return ""


def _name(path: str, holder: str) -> str:
    return path[len(holder) + 1 :]


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # a folder that may not be looked into: take nothing for gone
        return True
