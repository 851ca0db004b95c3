"""The drawer's part of the page: the open conversation, and those that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from qa import Kept
from qa.chat.html import button, day, failure, plural
from qa.chat.turn import Talk

HEADING = '<button type="button" class="close">← Back</button><h2>Conversations</h2>'
_NOT_KEPT = (
    '<p class="count">This browser keeps no cookies, so conversations last as long as their '
    "page.</p>"
)
FORMATS = (("md", "Markdown"), ("html", "HTML"), ("json", "JSON"))


def listing(found: Sequence[Kept], current: str, wanted: str, *, keeps: bool = True) -> str:
    """What is kept, the latest first.

    Args:
        found: those that hold what is wanted.
        current: the id of the one that is open.
        keeps: whether this browser can be told from others, so that anything is kept.
    """
    if not keeps:
        return _NOT_KEPT
    items = "".join(_item(one, one.id == current) for one in found)
    none = "Nothing found" if wanted.strip() else "Nothing kept yet"
    count = plural(len(found), "conversation") if found else none
    return f'<p class="count" role="status">{count}</p><ul class="notes kept">{items}</ul>'


def unusable(why: str, talk: Talk) -> str:
    return opened(talk, "") + failure(why)


def deleted(talk: str, title: str) -> str:
    undo = button("Undo", "restore", label=f"Bring “{title}” back", css="plain", talk=talk)
    return f'<p class="report" role="status">Deleted “{escape(title)}”. {undo}</p>'


def opened(talk: Talk, title: str) -> str:
    """The open conversation: where the address is to lead, its name, and its files."""
    place = f'<div data-talk="{talk.id}">'
    if not talk.turns:
        return f"{place}</div>"
    name = (
        '<label>Name of this conversation <input type="text" name="title" maxlength="200" '
        f'value="{escape(title)}"></label>'
        if title
        else ""
    )
    files = "".join(
        button(
            name, "export", label=f"Save the conversation as {name}", css="plain", format=format_
        )
        for format_, name in FORMATS
    )
    return f'{place}{name}<p class="files">Save as {files}</p></div>'


def _item(one: Kept, current: bool) -> str:
    when = datetime.fromtimestamp(one.changed)
    opener = button(
        f'<span class="title">{escape(one.title)}</span>'
        f"<small>{day(when.date())}, {when:%H:%M}</small>",
        "resume",
        talk=one.id,
        current=current,
    )
    away = button("✕", "delete", label=f"Delete “{one.title}”", css="away", talk=one.id)
    return f"<li>{opener}{away}</li>"
