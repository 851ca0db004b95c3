"""What became of a file: one article, or many of a file that holds others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vectorstore.records import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file that is to be read."""

    path: str
    root: str  # the folder that article ids are relative to
    how: str = ""  # stands for how articles are read; part of every digest
    known: Mapping[str, str] = field(default_factory=dict)  # what need not be read: name → digest
    back: Sequence[str] = ()  # paragraphs that cleaning takes and a person put back
    with_cuts: bool = False  # whether what cleaning takes is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An article, why there is none, or neither: what is known already."""

    name: str = ""  # its place in the file, with forward slashes; "" for the file itself
    digest: str = ""
    article: Article | None = None
    reason: str = ""
    cuts: Sequence[tuple[int, str]] = ()  # what cleaning takes, where it is to be told: `Cut`s


def digest_of(how: str, content: str) -> str:
    """Stands for a file's content, by its SHA-256 in hex, and for how it is read and cut."""
    return short_digest(f"{how}:{content}".encode())


def short_digest(raw: bytes) -> str:
    """Half of the SHA-256, in hex."""
    return hashlib.sha256(raw).hexdigest()[:32]
