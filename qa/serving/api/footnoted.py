"""An answer as the text of a chat message: marks in it, and its sources at the end."""

from __future__ import annotations

import re

from qa.chat.html import web_address
from qa.serving.api.calls import Json

_RULE = "\n\n---\n\n"  # between what is said and what is said of it
_NEAR = 160  # characters of a passage that came near
# What would fetch a picture, hide an address behind words, or be a tag where Markdown is shown.
_ACTIVE = re.compile(r"(?<=!)(?=\[)|(?<=\])(?=\()|(?=<[A-Za-z/!?])")


def text(answer: Json) -> str:
    """What the answer says, with its marks."""
    return _quiet(answer["text"])


def sources(answer: Json) -> str:
    """What stands below: how the question was read, remarks, and what each mark leads to."""
    parts = []
    if _words(answer["understood"]) != _words(answer["question"]):
        parts.append(f"Understood as: {_line(answer['understood'])}")
    parts += map(_line, answer["notes"])
    if answer["citations"]:
        parts.append("Sources:\n\n" + "\n".join(map(_source, answer["citations"])))
    if not answer["answered"] and answer["nearest"]:
        parts.append("What came nearest:\n\n" + "\n".join(map(_near, answer["nearest"])))
    return _RULE + "\n\n".join(parts) if parts else ""


def said(message: str) -> str:
    """What a message of ours said, without what stood below."""
    before, rule, _ = message.rpartition(_RULE)
    return before if rule else message


def _source(citation: Json) -> str:
    return f"- [{citation['number']}] “{_line(citation['quote'])}” — {_where(citation)}"


def _near(hit: Json) -> str:
    words = _line(hit["text"])
    return f"- “{words if len(words) <= _NEAR else f'{words[:_NEAR]} …'}” — {_where(hit)}"


def _where(record: Json) -> str:
    dated = ", ".join(filter(None, (record["outlet"], record["published"])))
    parts = (_line(record["title"]), _line(dated), web_address(record["url"]))
    return ". ".join(filter(None, parts))


def _line(words: str) -> str:
    return _quiet(" ".join(words.split()))


def _quiet(words: str) -> str:
    return _ACTIVE.sub(r"\\", words)


def _words(question: str) -> list[str]:
    return re.findall(r"\w+", question.casefold())
