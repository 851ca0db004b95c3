"""Whether a question asks no more than who somebody is."""

from __future__ import annotations

import re

from qa.language.roles import NAME_PARTICLES, NOT_IN_A_TITLE, ROLES

_LONGEST_NAME = 5  # words
_ASKED = re.compile(r"(?:tell me )?who(?: is| was|['’]s) ([^?()]+?) ?\??(?: ?\([^)]*\))?", re.I)
_NO_NAMES = (
    NOT_IN_A_TITLE
    | ROLES
    | frozenset("he she it they this there the a an his her its my your".split())
)


def person_asked_for(question: str) -> str:
    """The name in "Who is NAME?"; empty where something else is asked."""
    match = _ASKED.fullmatch(" ".join(question.split()))
    words = match[1].split() if match else []
    if len(words) > _LONGEST_NAME or any(re.search(r"['’]s?$", word) for word in words):
        return ""
    small = [word for word in words if word.islower() and word not in NAME_PARTICLES]
    # All small, as typed in haste: then what was found must show that it is a name.
    typed_in_haste = len(small) == len(words) and not {*words} & (
        NOT_IN_A_TITLE | ROLES | _NO_NAMES
    )
    return "" if small and not typed_in_haste else " ".join(words)
