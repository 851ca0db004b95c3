"""A follow-up question made to stand alone, from what was said before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from qa.reader.kinds import Kind, kind_of
from qa.reader.words import FUNCTION_WORDS, specifics, stems, words

_POINTS_BACK = re.compile(
    r"\b(?:he|she|they|him|her|hers|his|them|their|theirs|it|its|there|then|that|this|those|these"
    r"|the same|the latter|the former|the (?:article|story|report|meeting|talks?|visit|deal))\b",
    re.IGNORECASE,
)
_CARRIES_ON = re.compile(
    r"^\s*(?:(?P<joins>and|but|so|also|or|what about|how about|what else|who else)"
    r"|why|how come|how so|when|where|who|how many|how much|since when)\b[\s,]*(?P<rest>.*)$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'-]+|of|the|and)(?=\s+[A-Z])|\s+[A-Z][\w’'-]+)*"
)
_MARK = re.compile(r"\s*\[\d+\]")
_TURNS = 3  # how far back a chain of follow-ups is traced

History = Sequence[Mapping[str, Any]]


def standalone(question: str, history: History | None) -> str:
    """Return `question` with the subject of the conversation added, where it needs one.

    Args:
        question: what is asked now.
        history: what was said before, oldest first, as `{"role": …, "content": …}`.
    """
    turns = [
        (str(turn.get("role", "")), content_text(turn.get("content"))) for turn in history or ()
    ]
    subject = _subject(turns[-2 * _TURNS :])
    if not subject or not _leans(question):
        return question
    known = set(stems(question))
    added = [word for word in subject if not set(stems(word)) <= known]
    return f"{question} ({' '.join(added)})" if added else question


def content_text(content: Any) -> str:
    """The text of a chat message: a string, or a list of parts as chat programs send them."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return str(content.get("text", ""))
    if isinstance(content, Sequence):
        return " ".join(filter(None, map(content_text, content)))
    return ""


def _leans(question: str) -> bool:
    """Whether a question leans on the one before it: a pronoun, an "and …", or hardly a word."""
    carried = _CARRIES_ON.match(question)
    return bool(
        _POINTS_BACK.search(question)
        or (carried and (carried["joins"] or len(stems(carried["rest"])) <= 1))
        or len(stems(question)) <= 1
    )


def _subject(turns: Sequence[tuple[str, str]]) -> list[str]:
    """What the conversation is about: the words of the last question that stood alone."""
    collected: list[str] = []
    for index in range(len(turns) - 1, -1, -1):
        role, said = turns[index]
        if role != "user":
            continue
        if kind_of(said) is Kind.PERSON and index + 1 < len(turns):
            collected.extend(_first_name(turns[index + 1][1], said))
        collected.extend(word for word in words(said) if word.lower() not in FUNCTION_WORDS)
        if not _leans(said):
            break
    return list(dict.fromkeys(collected))


def _first_name(answer: str, question: str) -> list[str]:
    """Who a "who" question was answered with: the first name that the question did not hold."""
    known = specifics(question)
    for match in _NAME.finditer(_MARK.sub("", answer)):
        name = [word for word in words(match.group()) if word.lower() not in FUNCTION_WORDS]
        if name and not set(map(str.lower, name)) & {word.lower() for word in known}:
            return name
    return []
