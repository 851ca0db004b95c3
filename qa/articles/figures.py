"""A web page's tables of figures, put into the page as paragraphs before anything else reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from qa.articles.cleaning import tidy
from qa.articles.tables import lines_of

_LONGEST = 150  # characters of a cell; in a longer one the page is laid out by a table
_MOST_ROWS, _MOST_COLUMNS = 2_000, 40
_MOST_SPAN = 40
_NOT_FIGURES = "table form input select textarea button iframe script".split()
_DIGIT = re.compile(r"\d")


def tables_as_lines(tree: Any) -> None:
    """Put a paragraph for each row in the place of each table that holds figures or words.

    Args:
        tree: a page as lxml parsed it; it is changed.
    """
    for table in [*tree.iter("table")]:
        rows = _rows(table) if _is_simple(table) else []
        headed = _is_headed(table)
        if len(rows) > 1 and _are_figures(rows, headed):
            _replace(table, [*_caption(table), *lines_of(rows, headed=headed)])


def _is_simple(table: Any) -> bool:
    """Whether nothing in it is a form, a frame or a table of its own: it is found itself, alone."""
    return next(islice(table.iter(*_NOT_FIGURES), 1, None), None) is None


def _are_figures(rows: list[list[str]], headed: bool | None) -> bool:
    cells = [cell for row in rows for cell in row]
    if not 1 < max(map(len, rows)) <= _MOST_COLUMNS or max(map(len, cells)) > _LONGEST:
        return False
    return bool(headed) or any(map(_DIGIT.search, cells))  # else it may be a menu


def _rows(table: Any) -> list[list[str]]:
    """The cells of each row; one that spans several places stands in each of them."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column → rows that a cell still reaches into
    for row, _ in zip(table.iter("tr"), range(_MOST_ROWS), strict=False):
        cells: list[str] = []
        for cell in _cells(row):
            _hang(cells, hanging)
            text = tidy(" ".join(cell.itertext()))
            for _ in range(_span(cell, "colspan")):
                if (down := _span(cell, "rowspan")) > 1:
                    hanging[len(cells)] = (down, text)
                cells.append(text)
        _hang(cells, hanging)
        hanging = {at: (left - 1, text) for at, (left, text) in hanging.items() if left > 1}
        rows.append(cells)
    return rows


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _hang(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    while len(cells) in hanging and len(cells) < _MOST_COLUMNS:
        cells.append(hanging[len(cells)][1])


def _span(cell: Any, name: str) -> int:
    written = cell.get(name, "1").strip()
    return min(_MOST_SPAN, max(1, int(written))) if written.isdecimal() and len(written) < 6 else 1


def _is_headed(table: Any) -> bool | None:
    first = next(table.iter("tr"), table)
    names = {cell.tag for cell in _cells(first)}
    return True if names == {"th"} or first.getparent().tag == "thead" else None


def _caption(table: Any) -> Iterator[str]:
    for caption in table.iter("caption"):
        if said := tidy(" ".join(caption.itertext())):
            yield said if said[-1] in ".:!?" else f"{said}:"


def _replace(table: Any, lines: list[str]) -> None:
    from lxml import etree

    for figure in table.iterancestors("figure"):
        figure.tag = "div"  # whoever looks for articles takes the other for a picture
    parent, tail = table.getparent(), table.tail
    at = parent.index(table)
    parent.remove(table)
    for place, line in enumerate(lines, at):
        paragraph = etree.Element("p")
        paragraph.text = line
        parent.insert(place, paragraph)
    parent[at + len(lines) - 1].tail = tail
