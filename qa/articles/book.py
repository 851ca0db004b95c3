"""Books (.epub): the chapters in their order, details from the book's package."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from qa.articles.cleaning import tidy
from qa.articles.dates import parse_date
from qa.articles.decoding import decode
from qa.articles.files import check_packed
from qa.articles.metadata import Details
from qa.articles.webpage import visible_text
from qa.errors import UnreadableFile

_CONTAINER = "META-INF/container.xml"


def read_book(path: Path, raw: bytes) -> tuple[Details, str]:
    """Return a book's details and its chapters as one text.

    Raises:
        UnreadableFile: It is no book, or its chapters are not where it says.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            check_packed(path, len(raw), sum(info.file_size for info in packed.infolist()))
            place = _first(_tree(packed.read(_CONTAINER)), "rootfile").get("full-path", "")
            package = _tree(packed.read(place))
            lines = [*_lines(packed, package, posixpath.dirname(place))]
    except (zipfile.BadZipFile, KeyError, StopIteration, RuntimeError):
        reason = "it is no .epub book, or is protected; save its text as .txt"
        raise UnreadableFile(path, reason) from None
    details = Details(
        title=_said(package, "title"),
        outlet=_said(package, "publisher"),
        published=parse_date(_said(package, "date")),
        byline=_said(package, "creator"),
    )
    return details, "\n\n".join(lines)


def _lines(packed: zipfile.ZipFile, package: Any, folder: str) -> Iterator[str]:
    """The lines of the chapters; links to chapters that are not there are passed over."""
    places = {item.get("id"): item.get("href", "") for item in package.iter("{*}item")}
    names = set(packed.namelist())
    for item in package.iter("{*}itemref"):
        href = unquote(places.get(item.get("idref"), "")).partition("#")[0]
        name = posixpath.normpath(posixpath.join(folder, href))
        if name in names and item.get("linear") != "no":
            yield from visible_text(decode(packed.read(name), declared=True)).split("\n")


def _tree(raw: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))


def _first(tree: Any, name: str) -> Any:
    return next(tree.iter(f"{{*}}{name}"))


def _said(package: Any, name: str) -> str:
    return next((tidy("".join(node.itertext())) for node in package.iter(f"{{*}}{name}")), "")
