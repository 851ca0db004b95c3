"""The whole error tree: what the archive raises, and what is raised above it."""

from __future__ import annotations

from vectorstore.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveReadOnly,
    ArticleNotFound,
    EmbeddingUnavailable,
    FootnoteError,
    IndexUnavailable,
    ModelMismatch,
)

__all__ = [
    "ArchiveBusy",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveReadOnly",
    "ArticleNotFound",
    "EmbeddingUnavailable",
    "FootnoteError",
    "IndexUnavailable",
    "ModelMismatch",
    "ReaderUnavailable",
    "SettingError",
    "UnreadableFile",
]


class UnreadableFile(FootnoteError):
    """A file holds no article that can be read; the message names the file, `reason` says why."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.reason = reason


class ReaderUnavailable(FootnoteError):
    """The reader's model is missing, broken or of the wrong kind."""


class SettingError(FootnoteError):
    """A setting has a value that cannot be used."""
