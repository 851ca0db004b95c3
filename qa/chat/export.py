"""A conversation as Markdown, to keep or to send."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.chat.conversation import Turn
from qa.chat.html import day, web_address


def markdown(turns: Sequence[Turn]) -> str:
    """The conversation as Markdown, its footnotes numbered through."""
    parts: list[str] = []
    notes: list[str] = []
    for turn in turns:
        parts.append(f"## {_plain(turn.question)}")
        if turn.error or turn.answer is None:
            parts.append(_plain(turn.error or "Stopped."))
            continue
        first = len(notes)
        text = "\n\n".join(map(_plain, filter(str.strip, turn.answer.text.splitlines())))
        for number in {citation.number for citation in turn.answer.citations}:
            text = text.replace(f"\\[{number}\\]", f"[^{first + number}]")
        parts.append(text)
        for citation in turn.answer.citations:
            where = ", ".join(filter(None, (citation.outlet, day(citation.published))))
            link = f" <{address}>" if (address := web_address(citation.url)) else ""
            notes.append(
                f"[^{first + citation.number}]: “{_plain(citation.quote)}” — "
                f"{_plain(citation.title)}. {_plain(where)}{link}"
            )
    return "\n\n".join(parts + notes) + "\n"


def _plain(text: str) -> str:
    """One line in which Markdown and HTML read as they are written."""
    return re.sub(r"([\\`*_\[\]<>#|~$])", r"\\\1", " ".join(text.split()))
