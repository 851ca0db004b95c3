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
    "ConversationsUnusable",
    "EmbeddingUnavailable",
    "FootnoteError",
    "IndexUnavailable",
    "LanguageModelError",
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


class ConversationsUnusable(FootnoteError):
    """The file that keeps conversations cannot be read or written."""


class ReaderUnavailable(FootnoteError):
    """The reader's model is missing, broken or of the wrong kind."""


class SettingError(FootnoteError):
    """A setting has a value that cannot be used."""


class LanguageModelError(FootnoteError):
    """The language model gave no reply that can be used; the message is one line for a person.

    `again` says whether trying again may help; `too_long` that the prompt did not fit.
    """

    def __init__(self, line: str, *, again: bool = False, too_long: bool = False) -> None:
        super().__init__(line)
        self.again = again
        self.too_long = too_long
