"""Markdown: front matter for the details, and the body's words without its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from qa.articles.cleaning import tidy
from qa.articles.dates import parse_date
from qa.articles.frontmatter import split_front
from qa.articles.metadata import Details
from qa.articles.plain import without_title
from qa.articles.tables import lines_of
from qa.articles.webpage import visible_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DEEPEST = 100  # lists and quotations within one another
_TABLE_ENDS, _ROW_ENDS, _CELL_ENDS = "table_close", "tr_close", frozenset({"th_close", "td_close"})


def read_markdown(raw: str) -> tuple[Details, str]:
    """Return the front matter's details and the body as plain paragraphs."""
    fields, body = split_front(raw)
    tokens = _parser().parse(body)
    headed = bool(tokens) and (tokens[0].type, tokens[0].tag) == ("heading_open", "h1")
    title = fields.get("title") or (_words(tokens[1].children) if headed else "")
    details = Details(
        title=title,
        outlet=fields.get("outlet") or fields.get("source") or fields.get("publisher", ""),
        published=parse_date(fields.get("published") or fields.get("date", "")),
        url=fields.get("url") or fields.get("link", ""),
        byline=fields.get("byline") or fields.get("author", ""),
        note=fields.get("note", ""),
    )
    return details, without_title("\n\n".join(filter(None, _paragraphs(tokens))), title)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    # News is not code: an indented line is a paragraph.
    return parser.enable(["table", "strikethrough"]).disable("code")


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of each block in turn; a row of a table is one."""
    rows: list[list[str]] = [[]]
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        if token.type == "html_block":
            yield from visible_text(f"<div>{token.content}</div>").split("\n")
        elif token.type == "fence":
            yield tidy(token.content)
        elif token.type == _ROW_ENDS:
            rows.append([])
        elif token.type == _TABLE_ENDS:
            yield from lines_of(rows, headed=True)
            rows = [[]]
        elif token.type == "inline":
            words = _words(token.children)
            if after and after.type in _CELL_ENDS:
                rows[-1].append(words)
            else:
                yield words


def _words(marked: Sequence[Token] | None) -> str:
    return tidy("".join(_said(token) for token in marked or ()))


def _said(token: Token) -> str:
    if token.type == "image":
        return _words(token.children)
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""
