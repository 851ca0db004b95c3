"""The lines of a PDF's pages: what is written, where it stands and how large it is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.articles.cleaning import tidy
from qa.articles.prose import ends_sentence

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

HYPHENS = "\x02\u00ad\ufffe"  # what stands for a hyphen at the end of a line
_LINE_ENDS = "\r\n"
_GAP = 1.4  # times the usual distance of two lines: a paragraph ends
_SHORT, _LABEL = 0.85, 0.5  # of the usual width: a last line, a line by itself
_RESIZED = 0.1  # more or less than the line before: a heading begins or ends


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; lengths are in points, from the page's lower left."""

    text: str
    left: float
    right: float
    base: float
    size: float

    def goes_on_in(self, line: Line, pitch: float, width: float) -> bool:
        """Whether the next line belongs to the same paragraph.

        Args:
            pitch: the usual distance of two lines.
            width: the usual length of a full line.
        """
        if abs(line.size - self.size) > _RESIZED * self.size:
            return False
        down = self.base - line.base
        if down < -self.size:  # the next column or page
            return not ends_sentence(self.text)
        if down > _GAP * pitch or line.left - self.left > 0.8 * self.size:
            return False
        if down > _GAP * self.size and ends_sentence(self.text):  # paragraphs of one line
            return False
        share = (self.right - self.left) / width
        return share > _SHORT or (share > _LABEL and not ends_sentence(self.text))


def lines_on(document: PdfDocument, number: int) -> list[Line]:
    """The lines of a page, in the order in which they were written."""
    page = document[number]
    text = page.get_textpage()
    try:
        return [*_lines(text)]
    finally:
        text.close()
        page.close()


def _lines(page: Any) -> Iterator[Line]:
    from pypdfium2.raw import FPDFText_GetUnicode

    letters: list[str] = []
    places: list[int] = []
    for place in range(page.count_chars()):
        letter = chr(FPDFText_GetUnicode(page, place))
        if letter in _LINE_ENDS:
            yield from _line(page, letters, places)
            letters, places = [], []
        else:
            letters.append(letter)
            places.append(place)
    yield from _line(page, letters, places)


def _line(page: Any, letters: list[str], places: list[int]) -> Iterator[Line]:
    from pypdfium2.raw import FPDFText_GetFontSize

    seen = [place for place, letter in zip(places, letters, strict=True) if letter.strip("\0 ")]
    if not seen:
        return
    written = "".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    broken = written.rstrip()[-1] in HYPHENS
    text = tidy(written) + HYPHENS[0] * broken
    if text.strip(HYPHENS):
        left, base = _corner(page, seen[0])[:2]
        size = _height(page, seen) or FPDFText_GetFontSize(page, seen[0])
        yield Line(text, left, _corner(page, seen[-1])[2], base, size)


def _corner(page: Any, place: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a letter's cell."""
    from pypdfium2.raw import FS_RECTF, FPDFText_GetLooseCharBox

    box = FS_RECTF()
    FPDFText_GetLooseCharBox(page, place, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _height(page: Any, seen: list[int]) -> float:
    _, bottom, _, top = _corner(page, seen[len(seen) // 2])
    return top - bottom
