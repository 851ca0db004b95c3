"""What is offered once an answer stands."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa import Answer
from qa.chat.html import button
from qa.chat.turn import Turn


def wider(turn: Turn, wide: Answer) -> str:
    """To ask without the filter, which hid an answer.

    Args:
        turn: was refused under its filter.
        wide: what is answered without it.
    """
    told = f": “{escape(wide.short)}”" if wide.short else ""
    ask = button("Ask without the filter", "again", css="wide", text=turn.question, wide="yes")
    return (
        '<div class="offer" role="status"><p>Other articles, which the filter leaves out '
        f"(only {escape(str(turn.scope))}), do answer{told}.</p>{ask}</div>"
    )


def following(questions: Sequence[str]) -> str:
    """Questions to go on with, which the articles answer."""
    items = "".join(f"<li>{button(escape(one), 'example', question=one)}</li>" for one in questions)
    return (
        '<section class="next" aria-label="Questions to go on with">'
        f"<p>The articles also answer</p><ul>{items}</ul></section>"
    )
