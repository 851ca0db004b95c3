"""How questions are put: what they open with, and whether several things may answer."""

from __future__ import annotations

import re

from qa.language.roles import ROLES

AUXILIARIES = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should)"

_YES_OR_NO = re.compile(rf"\A\s*{AUXILIARIES}\b", re.IGNORECASE)
_WHO_IS = re.compile(r"\A\s*who(?:\s+(?:is|was|are|were)\b|['’]s\b)", re.IGNORECASE)
_WHY = re.compile(r"\bwhy\b|\bhow come\b", re.IGNORECASE)
_HOW = re.compile(rf"\bhow {AUXILIARIES}\b", re.IGNORECASE)
_LIST = re.compile(
    r"^\s*(?:list|name|enumerate)\b|\b(?:who|what|which)\s+all\b|\ball (?:of )?the\b"
    r"|\bwho (?:are|were)\b|\bwhich of the\b|\b(?:everyone|everybody|everything)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:which|what)((?:\s+[\w-]+){1,4})", re.IGNORECASE)
_PLURAL = re.compile(r"\A(?!\w*(?:ss|us|is)$)\w{3,}s", re.IGNORECASE)
_NOT_AFTER_A_PLURAL = frozenset(
    "is was has does the a an his her its their this that these those".split()
)


def asks_yes_or_no(question: str) -> bool:
    """Whether "yes" or "no" would answer: "Did the bridge open?"."""
    return bool(_YES_OR_NO.match(question))


def asks_why(question: str) -> bool:
    """Whether it asks for a reason."""
    return bool(_WHY.search(question))


def asks_how(question: str) -> bool:
    """Whether it asks for a manner: "How did they pay?", not "How many paid?"."""
    return bool(_HOW.search(question))


def asks_who_is(question: str) -> bool:
    """Whether it opens with "Who is"."""
    return bool(_WHO_IS.match(question))


def asks_for_list(question: str) -> bool:
    """Whether several things may be right at once ("which countries", "who all")."""
    return bool(_LIST.search(question)) or any(
        _of_a_plural(match[1].split()) for match in _WHICH.finditer(question)
    )


def _of_a_plural(following: list[str]) -> bool:
    """Whether a plural is asked for, by the words after "which".

    "Which minister leads the talks" asks for one: what ends in s is a verb after a role, and before
    an article, a name or another plural.
    """
    for place, word in enumerate(following[:3]):
        if re.fullmatch(AUXILIARIES, word, re.IGNORECASE):
            return False
        if _PLURAL.fullmatch(word):
            after = following[place + 1] if place + 1 < len(following) else ""
            verb = place > 0 and (
                following[place - 1].lower() in ROLES
                or after[:1].isupper()
                or bool(_PLURAL.fullmatch(after))
            )
            return not verb and after.lower() not in _NOT_AFTER_A_PLURAL
    return False
