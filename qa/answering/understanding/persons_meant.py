"""Whether what was named is somebody, as far as its words and those around it tell."""

from __future__ import annotations

import re

from qa.answering.understanding.talk import Candidate, Talk
from qa.language.kinds import Kind
from qa.language.names import NOT_NAMES, is_title
from qa.language.roles import ROLES
from qa.language.uses import Use

_PLURAL = re.compile(r"(?!.*(?:ss|us|is)$).*s")


def is_person(candidate: Candidate, talk: Talk) -> bool | None:
    """Whether it is surely somebody, or surely nobody; None where nothing tells."""
    words = candidate.text.removeprefix("the ").split()
    if not candidate.name:
        return words[-1].lower() in ROLES and not candidate.placed
    if any(is_title(word) for word in words[:-1]) or words[-1].lower() in ROLES:
        return "of" not in words or None
    if all(word.lower() in NOT_NAMES or word.isdecimal() for word in words):
        return False
    if use := talk.use(_called(words)):
        return use is Use.PERSON
    return False if _a_thing(candidate, talk) else None


def _called(words: list[str]) -> str:
    """A name without what it is of: "Pirjo Aalto of the Civic List"."""
    return " ".join(words[: words.index("of")] if "of" in words[2:] else words)


def answered_who(candidate: Candidate) -> bool:
    """Whether an answer to "who?" names it."""
    return any(
        not utterance.asks and utterance.to is Kind.PERSON and mention.name
        for utterance, mention in candidate.seen
    )


def _a_thing(candidate: Candidate, talk: Talk) -> bool:
    """ "The Marisol", "the ferry Marisol", "Ferry Marisol" where a ferry was talked of."""
    around = [one for one in talk.candidates if candidate.words <= one.words]
    if any(is_title(word) for one in around for word in one.words):
        return False
    if any(mention.before == "the" for one in around for _, mention in one.seen):
        return True
    nouns = [one.words for one in talk.candidates if len(one.words) == 1 and not one.name]
    return any(noun < other.words for other in around for noun in nouns)


def is_several(candidate: Candidate) -> bool:
    """Whether it is a plural noun: "divers"."""
    last = candidate.text.split()[-1]
    return not candidate.name and bool(_PLURAL.fullmatch(last))
