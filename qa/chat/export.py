"""A conversation as Markdown, to keep or to send."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa import Answer, Citation, Hit, Value
from qa.chat.html import day, web_address
from qa.chat.trust import standing
from qa.chat.turn import Turn


def markdown(turns: Sequence[Turn]) -> str:
    """The conversation as Markdown, its footnotes numbered through."""
    parts: list[str] = []
    notes: list[str] = []
    for turn in turns:
        parts.append(f"## {harmless(turn.question)}")
        parts += [f"*Asked of {harmless(str(turn.scope))}*"] if turn.scope else []
        if turn.error or turn.answer is None:
            parts.append(harmless(turn.error or "Stopped."))
            continue
        first = len(notes)
        text = "\n\n".join(map(harmless, filter(str.strip, turn.answer.text.splitlines())))
        for number in {citation.number for citation in turn.answer.citations}:
            text = text.replace(f"\\[{number}\\]", f"[^{first + number}]")
        if turn.reread:
            parts.append(f"*Understood as: {harmless(turn.answer.understood)}*")
        parts += [text, *_about(turn.answer, first)]
        for citation in turn.answer.citations:
            notes.append(
                f"[^{first + citation.number}]: “{harmless(citation.quote)}” — {_source(citation)}"
            )
    return "\n\n".join(parts + notes) + "\n"


def _about(answer: Answer, first: int) -> list[str]:
    """What stands around an answer: conflicts, what came nearest, confidence.

    Args:
        first: how many footnotes stand before its own.
    """
    sides = [_side(value, first) for conflict in answer.conflicts for value in conflict.values]
    near = [f"- “{harmless(hit.text)}” — {_source(hit)}" for hit in answer.nearest]
    said = [*answer.notes, standing(answer)]
    return [
        *(["What each article says:", "\n".join(sides)] if sides else []),
        *(["What came nearest:", "\n".join(near)] if near else []),
        *(f"*{harmless(line)}*" for line in said if line),
    ]


def _side(value: Value, first: int) -> str:
    of = f" ({harmless(value.reading)})" if value.reading else ""
    marks = "".join(f"[^{first + citation.number}]" for citation in value.citations)
    return f"- {harmless(value.text)}{of} {marks}"


def _source(record: Citation | Hit) -> str:
    where = ", ".join(filter(None, (record.outlet, day(record.published))))
    link = f" <{address}>" if (address := web_address(record.url)) else ""
    return f"{harmless(record.title)}. {harmless(where)}{link}"


def harmless(text: str) -> str:
    """One line in which Markdown and HTML read as they are written."""
    return re.sub(r"([\\`*_\[\]<>#|~$])", r"\\\1", " ".join(text.split()))
