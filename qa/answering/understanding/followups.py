"""A follow-up question made to stand alone, from what was said before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.language.kinds import Kind, kind_of
from qa.language.words import FUNCTION_WORDS, stems, words

# "Is there" and "there are" name no place.
_A_PLACE = (
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )\bthere\b"
    r"(?!\s+(?:is|are|was|were|be|been|has|have|had|will|would)\b)"
)
_POINTS_BACK = re.compile(
    rf"{_A_PLACE}|\b(?:he|she|they|him|her|hers|his|them|their|theirs|it|its|then|that|this|those"
    r"|these|the same|the latter|the former"
    r"|the (?:article|story|report|meeting|talks?|visit|deal))\b",
    re.IGNORECASE,
)
_CARRIES_ON = re.compile(
    r"^\s*(?:(?P<joins>and|but|so|also|or|what about|how about|what else|who else)"
    r"|why|how come|how so|when|where|who|how many|how much|since when)\b[\s,]*(?P<rest>.*)$",
    re.IGNORECASE,
)
# "They" may be several, so it takes no one's name.
_PERSON = re.compile(r"\b(?:he|she|him)\b|\bher\b(?!\s+\w)", re.IGNORECASE)
_PERSONS = re.compile(r"\bhis\b|\bher\b(?=\s+\w)", re.IGNORECASE)
_THERE = re.compile(_A_PLACE, re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*")
_OWNER = re.compile(r"['’]s$")
_PLACE = re.compile(r"\b(?:in|at|to|visit(?:ed)?|near|from)\s+(?:the\s+)?([A-Z][\w’'-]+)")
_MARK = re.compile(r"\s*\[\d+\]")
_TURNS = 3  # how far back a chain of follow-ups is traced

History = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the conversation is about."""

    person: str  # whom "he", "she" or "they" means; "" where nobody was named
    place: str  # where "there" is
    words: tuple[str, ...]


def standalone(question: str, history: History | None) -> str:
    """Return `question` with the subject of the conversation put in, where it needs one.

    Args:
        question: what is asked now.
        history: what was said before, oldest first, as `{"role": …, "content": …}`.
    """
    turns = [
        (str(turn.get("role", "")), content_text(turn.get("content"))) for turn in history or ()
    ]
    subject = _subject(turns[-2 * _TURNS :])
    if not subject.words or not _leans(question):
        return question
    named = _named(question, subject)
    known = set(stems(named))
    added = [word for word in subject.words if not set(stems(word)) <= known]
    return f"{named} ({' '.join(added)})" if added else named


def content_text(content: Any) -> str:
    """The text of a chat message: a string, or a list of parts as chat programs send them."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return str(content.get("text", ""))
    if isinstance(content, Sequence):
        return " ".join(filter(None, map(content_text, content)))
    return ""


def points_back(question: str) -> bool:
    """Whether a question says "he", "it", "there" and the like."""
    return bool(_POINTS_BACK.search(question))


def _leans(question: str) -> bool:
    """Whether a question leans on the one before it: a pronoun, an "and …", or hardly a word."""
    carried = _CARRIES_ON.match(question)
    return bool(
        points_back(question)
        or (carried and (carried["joins"] or len(stems(carried["rest"])) <= 1))
        or len(stems(question)) <= 1
    )


def _named(question: str, subject: _Subject) -> str:
    if subject.person:
        question = _PERSONS.sub(f"{subject.person}'s", _PERSON.sub(subject.person, question))
    if subject.place:
        question = _THERE.sub(f"in {subject.place}", question)
    return question


def _subject(turns: Sequence[tuple[str, str]]) -> _Subject:
    """What the last question that stood alone was about, and the follow-ups since."""
    collected: list[str] = []
    person = place = ""
    for index in range(len(turns) - 1, -1, -1):
        role, said = turns[index]
        if role != "user":
            continue
        answer = turns[index + 1][1] if index + 1 < len(turns) else ""
        answered_with = _first_name(answer, said) if kind_of(said) is Kind.PERSON else ""
        place = place or (found[1] if (found := _PLACE.search(said)) else "")
        person = person or answered_with or _first_name(said, place)
        collected.extend(words(answered_with))
        collected.extend(word for word in words(said) if word.lower() not in FUNCTION_WORDS)
        if not _leans(said):
            break
    return _Subject(person, place, tuple(dict.fromkeys(collected)))


def _first_name(text: str, apart_from: str) -> str:
    """The first name in `text` that `apart_from` does not hold; whom something is of comes last.

    "New Zealand's prime minister, Christopher Luxon" names Luxon.
    """
    known = {word.lower() for word in words(apart_from)}
    owners = ""
    for match in _NAME.finditer(_MARK.sub("", text)):
        name = [word for word in words(match.group()) if word.lower() not in FUNCTION_WORDS]
        if name and not {word.lower() for word in name} & known:
            if not _OWNER.search(match.group()):
                return " ".join(name)
            owners = owners or " ".join(name)
    return owners
