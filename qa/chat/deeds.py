"""What can be done with an answer: link to it, ask again, ask otherwise."""

from __future__ import annotations

from html import escape

from qa.chat.html import button
from qa.chat.turn import Turn


def deeds(index: int, turn: Turn, *, last: bool) -> str:
    """The buttons beneath a turn; only the latest question can be put again.

    Args:
        index: the turn's number, from 0.
        turn: over and done with.
        last: whether it is the latest.
    """
    link = (
        f'<button type="button" class="plain" data-link="{index + 1}" '
        f'aria-label="Copy a link to this answer">Copy link</button>'
    )
    again = button("Ask again", "again", css="plain", text=turn.question) if last else ""
    return f'<div class="deeds">{link}{again}{_edit(turn) if last else ""}</div>'


def _edit(turn: Turn) -> str:
    return (
        '<details class="form"><summary>Edit the question</summary><div data-form>'
        '<label>Your question <textarea name="text" rows="2" maxlength="2000">'
        f"{escape(turn.question)}</textarea></label>{button('Ask this instead', 'again')}"
        "</div></details>"
    )
