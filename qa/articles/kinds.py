"""The kinds of files that are read: the one list of them, and how large each may be."""

from __future__ import annotations

TEXT = frozenset({".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
PDF, WORD, BOOK, MAIL = ".pdf", ".docx", ".epub", ".eml"
MAILBOX, BUNDLE = ".mbox", ".zip"
FEEDS = frozenset({".rss", ".atom"})

WRITTEN = TEXT | MARKDOWN | HTML  # as they are, they are text
DOCUMENTS = frozenset({PDF, WORD, BOOK, MAIL})  # one article each
BUNDLES = frozenset({MAILBOX, BUNDLE}) | FEEDS  # many
HOLDERS = BUNDLES | {MAIL}  # what holds files of its own
READ = WRITTEN | DOCUMENTS | BUNDLES
SUFFIXES = tuple(sorted(READ))  # for whoever lets people choose files

_TEXT_BYTES = 20_000_000  # a book of 3,000 pages; more is no article
_DOCUMENT_BYTES = 100_000_000  # pictures weigh
_BUNDLE_BYTES = 200_000_000


def most_bytes(suffix: str) -> int:
    """The size of the largest file of this kind that is read."""
    if suffix in BUNDLES:
        return _BUNDLE_BYTES
    return _DOCUMENT_BYTES if suffix in DOCUMENTS else _TEXT_BYTES
