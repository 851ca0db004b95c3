"""Word documents: paragraphs and tables in their order, details from the document's properties."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from qa.articles.cleaning import tidy
from qa.articles.composing import composed
from qa.articles.files import check_packed
from qa.articles.metadata import Details, person
from qa.articles.tables import lines_of
from qa.errors import UnreadableFile

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_TITLES = ("Title", "Heading 1")


def read_word(path: Path, raw: bytes) -> tuple[Details, str]:
    """Return a .docx file's details and paragraphs; a row of a table is one.

    Raises:
        UnreadableFile: It is none, or is protected by a password.
    """
    document = _opened(path, raw)
    known = document.core_properties
    own = Details(
        title=tidy(known.title or "") or _title(document),
        byline=person(tidy(known.author or "")),
    )
    details, text = composed([*_paragraphs(document)], own)
    created = known.created.date() if known.created else None
    return details.dated(created), text


def _opened(path: Path, raw: bytes) -> Document:
    from docx import Document

    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            check_packed(path, len(raw), sum(info.file_size for info in packed.infolist()))
        return Document(BytesIO(raw))
    except (zipfile.BadZipFile, KeyError, ValueError):
        reason = "it is no .docx file, or has a password; save a copy as .docx without one"
        raise UnreadableFile(path, reason) from None


def _title(document: Document) -> str:
    """The first heading of the highest kinds."""
    headings = (
        tidy(paragraph.text)
        for paragraph in document.paragraphs[:20]
        if paragraph.style is not None and paragraph.style.name in _TITLES
    )
    return next(filter(None, headings), "")


def _paragraphs(document: Document) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from lines_of([*_rows(block)])
        elif said := tidy(block.text):
            yield said


def _rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        yield [tidy(cell.text) for cell in row.cells]
