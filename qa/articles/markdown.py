"""Markdown: front matter for the details, and the body without its marks."""

from __future__ import annotations

import re

from qa.articles.cleaning import tidy
from qa.articles.dates import parse_date
from qa.articles.frontmatter import split_front
from qa.articles.metadata import Details
from qa.articles.plain import without_title

_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t#]*(?:\n|\Z)|\A\s*(\S[^\n]*)\n=+[ \t]*(?:\n|\Z)")

# In order: each takes marks away and leaves the words.
_MARKS = (
    (re.compile(r"<!--.{0,5000}?-->", re.DOTALL), ""),
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"!\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,200}\")?\)"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,200}\")?\)"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,500})\]\[[^\[\]]{0,200}\]"), r"\1"),
    (re.compile(r"^[ \t]*\[[^\[\]\n]{1,200}\]:[ \t]+\S.*$", re.MULTILINE), ""),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,2000}>"), ""),
    (re.compile(r"^[ \t]*(?:(?:[-*_][ \t]*){3,}|=+)$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE), r"\n\1\n"),
    (re.compile(r"^(?:[ \t]*>)+[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+][ \t]+(.*)$", re.MULTILINE), r"\n\1\n"),
    (re.compile(r"(\*\*\*|\*\*|\*|___|__|_|~~)(?=\S)([^*_~\n]{0,500}?\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)


def read_markdown(raw: str) -> tuple[Details, str]:
    """Return the front matter's details and the body as plain paragraphs."""
    fields, body = split_front(raw)
    heading = _HEADING.match(body)
    title = fields.get("title") or (plain(heading[1] or heading[2]) if heading else "")
    details = Details(
        title=title,
        outlet=fields.get("outlet") or fields.get("source") or fields.get("publisher", ""),
        published=parse_date(fields.get("published") or fields.get("date", "")),
        url=fields.get("url") or fields.get("link", ""),
        byline=fields.get("byline") or fields.get("author", ""),
        note=fields.get("note", ""),
    )
    return details, without_title(plain(body), title)


def plain(marked: str) -> str:
    """Take the Markdown marks out; paragraphs stay apart by one blank line."""
    for mark, words in _MARKS:
        marked = mark.sub(words, marked)
    paragraphs = re.split(r"\n[ \t]*\n", marked)
    return "\n\n".join(filter(None, (tidy(paragraph) for paragraph in paragraphs)))
