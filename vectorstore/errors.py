"""Every error that a person can meet, from the archive upwards.

Each message is one line: what happened, to which file or setting, and what to do.
"""

from __future__ import annotations


class FootnoteError(Exception):
    """The root: catch this to catch whatever Footnote raises on purpose."""


class ArchiveError(FootnoteError):
    """The archive folder cannot be used as it is."""


class ArchiveBusy(ArchiveError):
    """Another program has the archive open for writing."""


class ArchiveDamaged(ArchiveError):
    """The ledger, the one file that cannot be rebuilt, does not read."""


class ArchiveReadOnly(ArchiveError):
    """A change was asked of an archive that was opened for reading."""


class ModelMismatch(ArchiveError):
    """The archive was embedded with another model."""


class ArticleNotFound(ArchiveError):
    """No article has that id."""


class IndexUnavailable(FootnoteError):
    """Chroma cannot be reached or refuses the request."""


class EmbeddingUnavailable(FootnoteError):
    """The embedding model is missing or does not load."""
