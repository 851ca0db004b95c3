"""Web pages: trafilatura for body and details, the visible text where it finds too little."""

from __future__ import annotations

import re
from typing import Any

from qa.articles.cleaning import clean_text, page_blocks, tidy
from qa.articles.dates import parse_date
from qa.articles.figures import tables_as_lines
from qa.articles.metadata import Details, details_of
from qa.articles.plain import without_title

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul title".split()
)
_UNSEEN = frozenset("script style noscript template svg iframe object select textarea".split())
# What browsers write above the pages that they save.
_SAVED_FROM = re.compile(r"<!--\s?saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,2000})")
_TOP = 3_000  # characters in which it stands
_TOO_LITTLE = 0.5  # of the words that the cleaner finds in the visible text


def read_webpage(markup: str) -> tuple[Details, str]:
    """Return the page's details and its article as plain paragraphs; a table's row is one.

    Raises:
        RecursionError: The elements lie in one another deeper than the parser goes.
    """
    tree = _parsed(markup)
    if tree is not None:
        tables_as_lines(tree)
    visible = _visible(tree) if tree is not None else _without_tags(markup)
    cleaned = clean_text(visible)
    extracted = _extract(tree) if tree is not None else {}
    text = clean_text(extracted.get("text", ""))
    if len(text.split()) < _TOO_LITTLE * len(cleaned.split()):
        text = cleaned
    saved = _SAVED_FROM.search(markup[:_TOP])
    extracted["url"] = extracted.get("url", "") or (saved[1] if saved else "")
    details = _merge(extracted, details_of(page_blocks(visible), text))
    return details, without_title(text, details.title)


def visible_text(markup: str) -> str:
    """Return the text a browser would show, a line for each block.

    Raises:
        RecursionError: The elements lie in one another deeper than the parser goes.
    """
    tree = _parsed(markup)
    return _without_tags(markup) if tree is None else _visible(tree)


def _parsed(markup: str) -> Any:
    """The page as a tree; None where it is none."""
    from lxml import etree, html

    # 2,048 levels, not 256
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise RecursionError  # all that follows is lost
    return tree


def _without_tags(markup: str) -> str:
    return tidy_lines(re.sub(r"<[^<>]*>", "\n", markup))


def _visible(tree: Any) -> str:
    from lxml import etree

    parts: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        _collect(event, node, parts)
    return tidy_lines("".join(parts))


def _collect(event: str, node: Any, parts: list[str]) -> None:
    unseen = not isinstance(node.tag, str) or node.tag in _UNSEEN
    if event == "start":
        parts.append("\n" if node.tag in _BLOCKS else "")
        parts.append("" if unseen else " ".join((node.text or "").split("\n")))
    else:
        parts.append("\n" if node.tag in _BLOCKS else "")
        parts.append(" ".join((node.tail or "").split("\n")))


def tidy_lines(text: str) -> str:
    """Tidy each line; drop the empty ones."""
    return "\n".join(filter(None, (tidy(line) for line in text.split("\n"))))


def _extract(tree: Any) -> dict[str, str]:
    import trafilatura
    from trafilatura.settings import Document

    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=True, with_metadata=True
        )
    except RecursionError:  # it goes less deep than the parser
        return {}
    if not isinstance(found, Document):
        return {}
    fields = {key: value for key, value in found.as_dict().items() if isinstance(value, str)}
    return fields | {"text": fields.get("text", "").replace("\n", "\n\n")}


def _merge(page: dict[str, str], seen: Details) -> Details:
    return Details(
        title=tidy(page.get("title", "")) or seen.title,
        outlet=tidy(page.get("sitename", "")) or seen.outlet,
        published=parse_date(page.get("date", "")) or seen.published,
        url=page.get("url", "") or seen.url,
        byline=tidy(page.get("author", "")) or seen.byline,
    )
