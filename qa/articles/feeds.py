"""Feeds (RSS, Atom): each entry as the page that it would be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from time import strftime, struct_time
from typing import Any

from qa.articles.parts import short_digest

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_TOP = 2_000  # bytes in which a feed says that it is one
_PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">
<meta name="author" content="{byline}"><meta property="article:published_time" content="{day}">
<link rel="canonical" href="{url}"></head><body><article><h1>{title}</h1>
{content}</article></body></html>"""


def is_feed(raw: bytes) -> bool:
    """Whether a file is a feed, by how it begins."""
    return bool(_FEED.search(raw[:_TOP]))


def entries(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The name and the page of each entry of a feed; an entry without words has its title."""
    import feedparser

    feed = feedparser.parse(BytesIO(raw))  # bytes alone: a text would be taken for an address
    outlet = feed.feed.get("title", "")
    for entry in feed.entries:
        title, url = entry.get("title", ""), entry.get("link", "")
        page = _PAGE.format(
            title=escape(title),
            outlet=escape(outlet),
            byline=escape(entry.get("author", "")),
            day=_day(entry),
            url=escape(url if url.startswith(("http://", "https://")) else ""),
            content=_content(entry) or f"<p>{escape(title)}</p>",
        )
        words = "-".join(re.findall(r"\w+", title.lower())[:8])[:60]
        key = entry.get("id") or url or title
        yield f"{words or 'entry'}-{short_digest(key.encode())[:8]}.html", page.encode()


def _content(entry: Mapping[str, Any]) -> str:
    """The longest of what an entry says of itself, as feedparser made it safe."""
    found = [str(part.get("value", "")) for part in entry.get("content", ())]
    return max([*found, str(entry.get("summary", ""))], key=len)


def _day(entry: Mapping[str, Any]) -> str:
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    return strftime("%Y-%m-%d", told) if isinstance(told, struct_time) else ""
