"""PDF: lines become paragraphs by where they stand; what runs along all pages is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

from qa.articles.cleaning import tidy
from qa.articles.composing import MOST, PAGE_ENDS, composed
from qa.articles.dates import has_date, parse_date
from qa.articles.headline import without_site
from qa.articles.metadata import Details, person
from qa.articles.pdflines import HYPHENS, Line, lines_on
from qa.errors import UnreadableFile

_MOST_PAGES = 5_000
_EDGE = 2  # lines at the top and at the foot of a page that may run along all
_LARGER = 1.15  # times the usual size: a headline
_ARTICLE = 0.3  # of the words of a printed web page may be its article, all else its surroundings
# Where browsers print an address, and which page it is of how many.
_PRINTED = re.compile(r"^((?:https?|file)://[^\s<>]{1,2000}) \d+/\d+$")
_NUMBER = re.compile(r"\d+")
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_PROGRAM = re.compile(r"^(?:microsoft \w+ - )|\.(?:docx?|indd|pdf|odt|qxd|tex|html?)$", re.I)
_PASSWORD = 4  # PDFium's number for it


def read_pdf(path: Path, raw: bytes) -> tuple[Details, str]:
    """Return the details and the paragraphs, with `PAGE_ENDS` where a page ends.

    Raises:
        UnreadableFile: It is damaged, protected, or holds pictures alone.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(raw) as document:
            if len(document) > _MOST_PAGES:
                raise UnreadableFile(path, f"it has more than {_MOST_PAGES:,} pages; split it")
            known = document.get_metadata_dict()
            pages = [lines_on(document, number) for number in range(len(document))]
    except PdfiumError as error:
        locked = error.err_code == _PASSWORD
        what = "it has a password; save a copy without one" if locked else "it is a damaged PDF"
        raise UnreadableFile(path, what) from None
    if not any(pages):
        raise UnreadableFile(path, "its pages are pictures; have their text recognised (OCR) first")
    return _composed(pages, known)


def _composed(pages: list[list[Line]], known: dict[str, str]) -> tuple[Details, str]:
    title = tidy(_PROGRAM.sub("", known.get("Title", "")))
    running = _running(pages, title)
    feet = [foot for line in running.values() if (foot := _PRINTED.search(line))]
    body = [[line for line in page if _key(line.text) not in running] for page in pages]
    own = Details(
        title=(without_site(title) if feet else title) if " " in title else _headline(body),
        url=next((foot[1] for foot in feet if foot[1].startswith("http")), ""),
        byline=person(tidy(known.get("Author", ""))),
    )
    details, text = composed(
        [*_paragraphs(body)],
        own,
        above=[*running.values()],
        least=_ARTICLE if feet else MOST,
    )
    return details.dated(_day(known.get("CreationDate", ""))), text


def _running(pages: Sequence[Sequence[Line]], title: str) -> dict[str, str]:
    """What stands at the edge of most pages, numbers aside, by its key; and a browser's marks."""
    edges = [
        {_key(line.text): line.text for line in [*page[:_EDGE], *page[-_EDGE:]]} for page in pages
    ]
    counts = Counter(key for edge in edges for key in edge)
    least = max(2, 0.4 * len(pages))

    def runs(key: str, text: str) -> bool:
        marked = bool(title) and title in text and has_date(text)
        return counts[key] >= least or marked or bool(_PRINTED.search(text))

    return {key: text for edge in edges for key, text in edge.items() if runs(key, text)}


def _key(text: str) -> str:
    return _NUMBER.sub("#", text)


def _headline(pages: Sequence[Sequence[Line]]) -> str:
    """The largest lines of the first page that has any, if they stand out."""
    first = next((page for page in pages if page), [])
    usual = median(line.size for page in pages for line in page) if first else 0.0
    largest = max((line.size for line in first), default=0.0)
    title = tidy(" ".join(line.text for line in first if line.size > 0.95 * largest))
    return title if largest > _LARGER * usual and len(title) < 200 else ""


def _paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Each on one line; where a page ends within or behind it, `PAGE_ENDS` says so."""
    pitch, width = _pitch(pages), _width(pages)
    text, before, page = "", None, 0
    for number, lines in enumerate(pages):
        for line in lines:
            ends = PAGE_ENDS * (number - page)
            page = number
            if before is None:
                text = ends + line.text
            elif before.goes_on_in(line, pitch, width):
                text = _joined(text, line.text, ends)
            else:
                yield text + ends
                text = line.text
            before = line
    yield text + PAGE_ENDS


def _joined(text: str, line: str, ends: str) -> str:
    if text[-1] not in HYPHENS or not line[0].islower():
        return f"{text.replace(HYPHENS[0], '-')}{ends} {line}"
    rest, space, after = line.partition(" ")  # the page ends after the word that was broken
    return f"{text[:-1]}{rest}{ends}{space}{after}"


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance of a line to the next."""
    downs = (one.base - other.base for page in pages for one, other in pairwise(page))
    return median([down for down in downs if down > 1] or [1.0])


def _width(pages: Sequence[Sequence[Line]]) -> float:
    """The length of a full line: of ten lines one is longer."""
    widths = sorted(line.right - line.left for page in pages for line in page)
    return max(1.0, widths[len(widths) * 9 // 10]) if widths else 1.0


def _day(written: str) -> date | None:
    found = _DAY.match(written)
    return parse_date("-".join(found.groups())) if found else None
