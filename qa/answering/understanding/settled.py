"""What of a question needs nothing said before it: nouns of its own, and what they explain."""

from __future__ import annotations

import re

from qa.answering.understanding.archive import about_archive
from qa.answering.understanding.slots import Slot, group_of, slots, wants_other
from qa.answering.understanding.smalltalk import small_talk
from qa.language.names import find_names
from qa.language.roles import ROLES

TIE = re.compile(r"^\s*(?:and|but|so),?\s+(?=\w+ \w)", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:when|after|before|because|while|if|until|since|as|once|where|that|although|though"
    r"|and|but|so|whether)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:the|an?)\s+(?:[a-z][\w’'-]*\s+){0,2}?(?P<noun>[a-z][\w’'-]+)")
# "What was the turnout?": a noun that is asked for, and says of nothing what it is of.
_ASKED_FOR = re.compile(
    r"\W*(?:what|who)(?: is| are| was| were|['’]s) the (?P<noun>[\w-]+)\W*", re.IGNORECASE
)
_BARE_NOUN = re.compile(r"\W*(?:and|but|so),? the [\w-]+(?: [\w-]+)?\W*", re.IGNORECASE)
_POINTING = frozenset({"pointed", "definite", "place"})


def open_slots(question: str) -> list[Slot]:
    """The slots that nothing in the question itself explains.

    "The ferry when it ran aground" says what "it" is, and "the union" has a noun of its own.
    """
    found = [slot for slot in slots(question) if not _explained(question, slot)]
    if _ASKED_FOR.fullmatch(question):
        return found
    return [slot for slot in found if slot.kind != "definite"]


def stands_alone(question: str) -> bool:
    """Whether it leans on nothing, whatever was said: no word of it points outside.

    "Who won?" may well go on with what was asked, and as well begin anew: it stays as asked.
    """
    if small_talk(question) or about_archive(question, ()):
        return not any(slot.kind not in _POINTING for slot in slots(question))
    if _BARE_NOUN.fullmatch(question):
        return True
    return not (open_slots(question) or TIE.match(question) or wants_other(question))


def _explained(question: str, slot: Slot) -> bool:
    kind = group_of(slot.kind)
    if kind not in {"person", "thing", "group"}:
        return False
    before = question[: slot.start]
    if kind == slot.kind:  # an owner's noun stands in its own clause: "the union … its demands"
        ends = [match.start() for match in _CLAUSE.finditer(before)]
        before = before[: ends[-1]] if ends else ""
    nouns = {match["noun"].lower() for match in _NOUN.finditer(before)}
    if kind == "person":
        return bool(nouns & ROLES) or any(
            _subject(before, name.start) for name in find_names(before)
        )
    return bool(nouns - ROLES) or (kind == "group" and bool(nouns))


def _subject(text: str, start: int) -> bool:
    """Whether a name stands where a person may: not behind "in" and its like."""
    words = text[:start].split()
    return bool(words) and words[-1].lower() not in {"in", "at", "to", "from", "near", "of", "the"}
