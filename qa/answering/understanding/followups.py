"""A follow-up question made to stand alone, from what was said before it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from qa.answering.understanding import ellipsis
from qa.answering.understanding.articles import about_article
from qa.answering.understanding.leaning import leans
from qa.answering.understanding.referents import Option, additions, options
from qa.answering.understanding.settled import TIE, open_slots, stands_alone
from qa.answering.understanding.slots import added, group_of, slots, wants_other
from qa.answering.understanding.talk import Talk, Telling, nothing_told, talk_of

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
# "That" is what somebody said, which no noun says: the topic stands in for it.
_SAID_THAT = re.compile(
    r"\W*(?:and )?(?:who|when|where|why)\b.*\b(?:said|says?|claim(?:s|ed)?|told \w+)"
    r" (?:that|this|so|it)\W*",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*\[\d+\]")
_TURNS = 6  # how far back a chain of follow-ups is traced

History = Sequence[Mapping[str, Any]]
Picks = list[tuple[int, str, str]]  # which question, what stood there, what it meant


def standalone(question: str, history: History | None, telling: Telling = nothing_told) -> str:
    """Return `question` with the subject of the conversation put in, where it needs one.

    Args:
        question: what is asked now.
        history: what was said before, oldest first, as `{"role": …, "content": …}`.
        telling: texts of the articles that say a name, to tell whether it is somebody's.
    """
    return _understood(question, conversation(history, telling))[0] if history else question


def conversation(history: History, telling: Telling = nothing_told) -> Talk:
    """What was said, each question as it was understood then."""
    said: list[tuple[bool, str]] = []
    picks: Picks = []
    for asks, spoken in _turns(history):
        text = spoken
        if asks and said:
            text, meant = _understood(spoken, talk_of(said, picks, telling))
            number = sum(asked for asked, _ in said) + 1
            picks += [(number, piece, meaning) for piece, meaning in meant]
        said.append((asks, text))
    return talk_of(said, picks, telling)


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


def _turns(history: History) -> list[tuple[bool, str]]:
    """Whether it was asked, and what was said; a first turn is kept whatever came since."""
    turns = [
        (turn.get("role") == "user", _MARK.sub("", content_text(turn.get("content"))))
        for turn in history
    ]
    return turns if len(turns) <= 2 * _TURNS else turns[:2] + turns[2 - 2 * _TURNS :]


def _understood(question: str, talk: Talk) -> tuple[str, list[tuple[str, str]]]:
    """The question as it stands alone, and what each leaning piece of it means."""
    if whole := ellipsis.completed(question, talk):
        return whole, []
    if about_article(question, follows=True) and (it := _article_meant(question, talk)):
        return it, []
    if stands_alone(question):
        return question, []
    if _SAID_THAT.fullmatch(question) and (topic := _topic(talk)):
        return added(question, f"about {topic}"), [("", topic)]
    weights = _weights()
    if leans(question, talk, weights["leans"]) < weights["threshold"]:
        return question, []
    question = _alone(question)
    text, meant = _resolved(question, talk)
    # "She" whom nobody named is nothing that "of Moscow" would explain.
    if meant or _nobody_named(question, talk):
        return text, meant
    option = _best(additions(question, talk, other=wants_other(question)), forced=True)
    return (option.text, [("", option.meant)]) if option else (question, [])


def _topic(talk: Talk) -> str:
    """What the last question was surely about."""
    firm = [one for one in talk.candidates if one.firm and one.recent and one.asked]
    return max(firm, key=lambda one: (len(one.seen), len(one.words))).text if firm else ""


def _article_meant(question: str, talk: Talk) -> str:
    """ "Who published it?" with the article named by what the last question named."""
    named = [one.text for one in talk.candidates if one.name and one.recent and one.asked]
    for slot in slots(question):
        if slot.kind in {"thing", "pointed"} and named:
            text = question[: slot.start] + "the article" + question[slot.end :]
            return added(text, f"about {' and '.join(named[:2])}")
    return ""


def _alone(question: str) -> str:
    """The question without the "And" that ties it to the one before."""
    bare = TIE.sub("", question)
    return bare[:1].upper() + bare[1:] if bare != question else question


def _resolved(question: str, talk: Talk) -> tuple[str, list[tuple[str, str]]]:
    text, meant, shift = question, [], 0
    for slot in open_slots(question):
        moved = replace(slot, start=slot.start + shift, end=slot.end + shift)
        # In a chat "she" is always somebody of whom was spoken, if anybody was.
        always = group_of(slot.kind) == "person" and not talk.titled
        option = _best(options(text, moved, talk), forced=always)
        if option and option.meant:
            shift += len(option.text) - len(text)
            text = option.text
            meant.append((slot.said, option.meant))
    return text, meant


def _nobody_named(question: str, talk: Talk) -> bool:
    """Whether it says "she" in a chat where nobody can be meant."""
    if talk.titled:
        return False
    persons = [slot for slot in open_slots(question) if group_of(slot.kind) == "person"]
    return any(len(options(question, slot, talk)) == 1 for slot in persons)


def _best(found: Sequence[Option], *, forced: bool = False) -> Option | None:
    usable = [one for one in found if one.meant or not forced]
    return max(usable, key=lambda one: one.score(_weights()["refers"]), default=None)


@cache
def _weights() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (files("qa.answering.understanding") / "followups.json").read_text("utf-8")
    )
    return found
