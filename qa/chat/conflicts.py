"""What articles disagree on, side by side, each value with the words that give it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

from qa import Citation, Conflict, Value
from qa.chat.html import source


def sides(conflict: Conflict, reference: Callable[[str], str]) -> str:
    """The values as cards, the earliest first; `reference` makes the button of a footnote."""
    cards = "".join(_card(value, reference) for value in sorted(conflict.values, key=_since))
    return f'<ul class="sides" aria-label="What each article says">{cards}</ul>'


def _card(value: Value, reference: Callable[[str], str]) -> str:
    of = f"<small>{escape(value.reading)}</small>" if value.reading else ""
    quotes = "".join(_quote(citation, reference) for citation in value.citations)
    return f"<li><h3>{escape(value.text)}</h3>{of}{quotes}</li>"


def _quote(citation: Citation, reference: Callable[[str], str]) -> str:
    return (
        f"<blockquote>{escape(citation.quote)}{reference(str(citation.number))}</blockquote>"
        f"<small>{source(citation)}</small>"
    )


def _since(value: Value) -> date:
    return min(citation.published or date.max for citation in value.citations)
