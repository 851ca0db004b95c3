"""What can be done with an answer: say whether it is right, link to it, ask again."""

from __future__ import annotations

from html import escape

from qa.chat.html import button
from qa.chat.turn import Turn

# Drawn, since not every machine has a font with thumbs.
_UP = (
    '<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
    'stroke-width="1.7" stroke-linejoin="round" aria-hidden="true"><path d="M7 11v9H4v-9zl4-8'
    'c1.5 0 2.4 1 2.4 2.5L13 9h6c1.1 0 1.9 1 1.6 2l-2 7.5c-.2.9-1 1.5-1.9 1.5H7"/></svg>'
)
_DOWN = _UP.replace("<path ", '<path transform="rotate(180 12 12)" ')


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
    edit = _edit(turn) if last else ""
    return f'<div class="deeds">{_thumbs(index, turn)}{link}{again}{edit}</div>'


def _thumbs(index: int, turn: Turn) -> str:
    """Whether it is right; where it is not, what it should be."""
    if turn.answer is None or turn.error:
        return ""
    if turn.judged:
        undo = button(
            "Undo", "judge", label="Take that back", css="plain", turn=index, verdict="none"
        )
        return f'<p class="judged" role="status">Thank you: kept as a test. {undo}</p>'
    up = button(_UP, "judge", label="This is right", css="thumb", turn=index, verdict="right")
    send = button("Keep this", "judge", turn=index, verdict="wrong")
    absent = button("It isn’t in the articles", "judge", css="plain", turn=index, verdict="absent")
    return (
        f'{up}<details class="form"><summary class="thumb" aria-label="This is wrong">{_DOWN}'
        "</summary>"
        '<div data-form role="group" aria-label="What should it be?"><p>What should it be?</p>'
        '<label>The right answer <input type="text" name="right" maxlength="500"></label>'
        "<label>Or the words of an article that answer it, copied as they are "
        '<textarea name="passage" rows="2" maxlength="4000"></textarea></label>'
        f'<p class="choices">{send}{absent}</p></div></details>'
    )


def _edit(turn: Turn) -> str:
    return (
        '<details class="form"><summary>Edit the question</summary><div data-form>'
        '<label>Your question <textarea name="text" rows="2" maxlength="2000">'
        f"{escape(turn.question)}</textarea></label>{button('Ask this instead', 'again')}"
        "</div></details>"
    )
