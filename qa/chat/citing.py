"""A quote with its source, to be put into something one writes."""

from __future__ import annotations

import re
from html import escape
from itertools import chain

from qa import Article, Citation, Hit
from qa.chat.export import harmless
from qa.chat.html import day, web_address

_BIBTEX = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {one: f"\\{one}" for one in "&%$#_{}"}
)


def copies(record: Citation | Hit | Article, quote: str) -> str:
    """Buttons that copy it, as HTML."""
    kinds = (("plain text", plain), ("Markdown", markdown), ("BibTeX", bibtex))
    return "".join(
        f'<button type="button" class="plain" data-copy="{escape(write(record, quote))}" '
        f'aria-label="Copy the citation as {name}">{name}</button>'
        for name, write in kinds
    )


def plain(record: Citation | Hit | Article, quote: str) -> str:
    """`“Words.” Title. Outlet, 4 September 2024. https://…`"""
    where = ", ".join(filter(None, (record.outlet, day(record.published))))
    parts = (_quoted(quote), f"{record.title.rstrip('.')}.", where and f"{where}.")
    return " ".join(filter(None, (*parts, web_address(record.url))))


def markdown(record: Citation | Hit | Article, quote: str) -> str:
    """The quote as a block, its source beneath it, linked where there is an address."""
    where = ", ".join(filter(None, (record.outlet, day(record.published))))
    title, address = harmless(record.title), web_address(record.url)
    named = f"[{title}](<{address}>)" if address else title
    source = f"— {', '.join(filter(None, (named, harmless(where))))}"
    return f"> {harmless(quote)}\n>\n> {source}" if quote else source


def bibtex(record: Citation | Hit | Article, quote: str) -> str:
    """An entry for biblatex and for BibTeX, which take each what they know."""
    when = record.published
    words = re.findall(r"[a-z0-9]+", f"{record.outlet} {record.title}".lower())
    key = "".join(chain(words[:1], [str(when.year)] if when else [], words[1:2])) or "article"
    fields = {
        "title": f"{{{_bibtex(record.title)}}}",
        "organization": _bibtex(record.outlet),
        "date": when.isoformat() if when else "",
        "year": str(when.year) if when else "",
        "url": web_address(record.url),
        "note": _bibtex(_quoted(quote)),
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return "\n".join((f"@online{{{key},", *lines, "}"))


def _quoted(quote: str) -> str:
    return f"“{' '.join(quote.split())}”" if quote else ""


def _bibtex(text: str) -> str:
    return " ".join(text.split()).translate(_BIBTEX)
