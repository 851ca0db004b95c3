"""A conversation as a file, to keep or to send: Markdown, a web page of its own, or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape

from qa import Answer, Citation, Hit
from qa.chat.export import markdown
from qa.chat.html import original, source
from qa.chat.trust import standing
from qa.chat.turn import Turn

_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:18px/1.6 Georgia,serif;"
    "color:#1d1b18;background:#fff}h2{font-size:1.25rem;margin-top:2.5rem}small{color:#5e584f}"
    "sup a{margin-left:.15em}li{margin-bottom:.75em}"
)


def exported(turns: Sequence[Turn], format_: str) -> dict[str, str]:
    """The file's name, its media type and its text; `format_` is "md", "html" or "json"."""
    written = {
        "md": ("text/markdown", markdown),
        "html": ("text/html", page),
        "json": ("application/json", as_json),
    }
    kind, write = written[format_]
    return {"name": f"footnote-conversation.{format_}", "type": kind, "text": write(turns)}


def as_json(turns: Sequence[Turn]) -> str:
    """The turns with all that is known of them, as `footnote ask --json` has it."""
    kept = [json.loads(turn.record()) for turn in turns]
    return json.dumps({"conversation": kept}, ensure_ascii=False, indent=2) + "\n"


def page(turns: Sequence[Turn]) -> str:
    """A page that needs nothing beside it; its footnotes are numbered through."""
    first, said, notes = 0, "", ""
    for turn in turns:
        said += _section(turn, first)
        cited = turn.answer.citations if turn.answer else ()
        for one in cited:
            number = first + one.number
            notes += f'<li id="note-{number}" value="{number}">{_quoted(one, one.quote)}</li>'
        first += len(cited)
    title = escape(turns[0].question if turns else "A conversation")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n{said}"
        f"<h2>Footnotes</h2><ol>{notes}</ol></body></html>\n"
    )


def _section(turn: Turn, first: int) -> str:
    """A turn; `first` footnotes stand before its own."""
    asked = f"<h2>{escape(turn.question)}</h2>"
    asked += f"<p><small>Asked of {escape(str(turn.scope))}</small></p>" if turn.scope else ""
    if turn.error or turn.answer is None:
        return f"<section>{asked}<p>{escape(turn.error or 'Stopped.')}</p></section>\n"
    answer = turn.answer
    if turn.reread:
        asked += f"<p><small>Understood as: {escape(answer.understood)}</small></p>"
    told = "".join(
        f"<p>{_linked(line, answer, first)}</p>"
        for line in answer.text.splitlines()
        if line.strip()
    )
    near = "".join(f"<li>{_quoted(hit, hit.text)}</li>" for hit in answer.nearest)
    told += f"<p>What came nearest:</p><ul>{near}</ul>" if near else ""
    lines = filter(None, (*answer.notes, standing(answer)))
    told += "".join(f"<p><small>{escape(line)}</small></p>" for line in lines)
    return f"<section>{asked}{told}</section>\n"


def _linked(line: str, answer: Answer, first: int) -> str:
    numbers = {citation.number for citation in answer.citations}

    def link(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if number not in numbers:
            return mark[0]
        return f'<sup><a href="#note-{first + number}">{first + number}</a></sup>'

    return re.sub(r"\[([0-9]+)\]", link, escape(line))


def _quoted(record: Citation | Hit, words: str) -> str:
    link = original(record.url)
    return (
        f"“{escape(words)}” — {escape(record.title)}. <small>{source(record)}"
        f"{' · ' if link else ''}{link}</small>"
    )
