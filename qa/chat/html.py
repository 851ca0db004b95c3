"""The pieces of HTML that every part shares. Outside words are escaped here or where they enter.

A button carries `data-event`; the page's script hands its data to the handler of that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import escape
from urllib.parse import quote, urlsplit

from qa import Article, Citation, Head, Hit, written


def day(when: date | None) -> str:
    return written(when) if when else ""


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def button(
    inner: str,
    event: str,
    *,
    label: str = "",
    css: str = "",
    current: bool = False,
    **data: object,
) -> str:
    """A button for the page's script; `inner` is HTML, everything else is plain text."""
    attributes = {"class": css, "aria-label": label, "data-event": event}
    attributes["aria-current"] = "true" if current else ""
    attributes |= {f"data-{name}": str(value) for name, value in data.items()}
    pairs = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f'<button type="button" {pairs}>{inner}</button>'


def source(record: Article | Citation | Head | Hit) -> str:
    """Outlet and date on one line of HTML."""
    when = record.published
    dated = f'<time datetime="{when.isoformat()}">{day(when)}</time>' if when else ""
    return " · ".join(part for part in (escape(record.outlet), dated) if part)


def headline(record: Article | Citation | Head | Hit) -> str:
    return f'<span class="title">{escape(record.title)}</span><small>{source(record)}</small>'


def web_address(url: str) -> str:
    """`url` if it is http or https, fit to be linked; else ""."""
    try:
        address = urlsplit(url.strip())
    except ValueError:
        return ""
    if address.scheme not in ("http", "https") or not address.hostname:
        return ""
    return quote(address.geturl(), safe=":/?#[]@!$&'()*+,;=%~")


def original(url: str) -> str:
    """A link to where the article was published, if that is known and on the web."""
    address = web_address(url)
    if not address:
        return ""
    return (
        f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
        f"Original at {escape(urlsplit(address).hostname or '')}</a>"
    )


def failure(message: str) -> str:
    return f'<p class="fault" role="alert">{escape(message)}</p>'


def blocks(text: str, line: Callable[[str], str] = escape) -> str:
    """Plain text as paragraphs; lines that begin with a dash or bullet as a list."""
    blocks = []
    for said in filter(None, map(str.strip, text.splitlines())):
        item = re.match(r"[-•*]\s+(.*)", said)
        blocks.append(f"<li>{line(item[1])}</li>" if item else f"<p>{line(said)}</p>")
    return re.sub(r"((?:<li>.*?</li>)+)", r"<ul>\1</ul>", "".join(blocks))
