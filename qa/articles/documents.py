"""Documents: who reads which."""

from __future__ import annotations

from pathlib import Path

from qa.articles.kinds import BOOK, MAIL, PDF
from qa.articles.metadata import Details


def read_document(path: Path, raw: bytes) -> tuple[Details, str]:
    """Return a document's details and its text as paragraphs.

    Raises:
        UnreadableFile: It is protected, or holds no text.
    """
    suffix = path.suffix.lower()
    if suffix == PDF:
        from qa.articles.pdf import read_pdf

        return read_pdf(path, raw)
    if suffix == MAIL:
        from qa.articles.mail import read_mail

        return read_mail(raw)
    if suffix == BOOK:
        from qa.articles.book import read_book

        return read_book(path, raw)
    from qa.articles.word import read_word

    return read_word(path, raw)
