"""The places of a question that may lean on what was said before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.language.words import FUNCTION_WORDS

_TOKEN = re.compile(r"\w+(?:[.,’'-]\w+)*|[^\w\s]")
_PRONOUNS = {
    "person": "he she him himself herself",
    "owner": "his hers",
    "group": "they them themselves",
    "group_owner": "their theirs",
    "thing": "it itself",
    "thing_owner": "its",
}
_KIND = {word: kind for kind, listed in _PRONOUNS.items() for word in listed.split()}
_POINTERS = frozenset("this that these those".split())
_BE = frozenset("is are was were be been being isn't aren't wasn't weren't".split())
_ASKS = _BE | frozenset("do does did has have had can could will would should".split())
_OTHER = re.compile(r"\b(?:else|others?|another|besides)\b", re.IGNORECASE)
_NOUNS = 2  # words of a noun phrase after "the"


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that may stand for what was said before: `question[start:end]`."""

    kind: str
    start: int
    end: int
    said: str  # lower case


def slots(question: str) -> list[Slot]:
    """What of `question` may lean, left to right."""
    tokens = list(_TOKEN.finditer(question))
    said = [token.group().lower().replace("’", "'") for token in tokens]
    found = []
    for place, word in enumerate(said):
        kind, length = _slot(said, place), 1
        if word in _POINTERS | {"the"} and (nouns := _nouns(question, tokens, said, place)):
            kind, length = ("definite" if word == "the" else "pointed"), 1 + nouns
        if kind:
            start, end = tokens[place].start(), tokens[place + length - 1].end()
            found.append(Slot(kind, start, end, question[start:end].lower()))
    return found


def _slot(said: list[str], place: int) -> str:
    """The kind of a word that stands by itself; "" where it leans on nothing."""
    word, before, after = said[place], said[place - 1] if place else "", ""
    after = said[place + 1] if place + 1 < len(said) else "?"
    ends = not after[0].isalnum() or after in FUNCTION_WORDS
    if word in {"her", "here"}:
        return "place" if word == "here" else "person" if ends else "owner"
    if word == "there":  # "Is there a bridge?" says that something is, not where
        return "" if before in _BE or after in _BE else "place"
    if word in _POINTERS and ends:
        linked = word == "that" and before not in _ASKS and after[0].isalnum() and place
        return "" if linked else "thing"
    return _KIND.get(word, "")


def _nouns(question: str, tokens: list[re.Match[str]], said: list[str], place: int) -> int:
    """How many words after "the" are its noun; none where it names, or says of what it is."""
    end = place + 1
    while end < len(said) and end - place <= _NOUNS and _common(tokens[end].group(), said[end]):
        end += 1
    # After an auxiliary the last word is what is said of the noun: "Did the band split?".
    if place and said[place - 1] in _ASKS and end - place > 2:
        end -= 1
    following = tokens[end].group() if end < len(tokens) else "?"
    if following == "of" or following[0].isupper():
        return 0
    return end - place - 1


def _common(token: str, said: str) -> bool:
    return token[0].islower() and (said not in FUNCTION_WORDS or said.startswith("article"))


def group_of(kind: str) -> str:
    """The kind without whether it owns: "his" is somebody as "he" is."""
    return {"owner": "person"}.get(kind, kind.removesuffix("_owner"))


def stood_for(said: str) -> str:
    """What a pronoun stands for: "person", "thing" …; "" where it is none."""
    return group_of(_KIND.get(said, "person" if said == "her" else ""))


def wants_other(question: str) -> bool:
    """Whether something besides what was said is asked for: "What else …?"."""
    return bool(_OTHER.search(question))


def replaced(question: str, slot: Slot, meant: str) -> str:
    """`question` with `meant` in the place of the slot."""
    if slot.kind.endswith("owner"):
        meant = possessive(meant)
    elif slot.kind == "place":
        before = question[: slot.start].rstrip().rsplit(" ", 1)[-1].lower()
        meant = meant if before in {"from", "to", "in", "near", "around"} else f"in {meant}"
    return question[: slot.start] + meant + question[slot.end :]


def joined(question: str, slot: Slot, meant: str) -> str:
    """`question` with the slot's noun and whose it is: "the roof" as "the roof of the hall"."""
    noun = re.sub(r"^\w+", "the", question[slot.start : slot.end])
    return f"{question[: slot.start]}{noun} of {meant}{question[slot.end :]}"


def possessive(name: str) -> str:
    """ "Alder" as "Alder's", "Rivers" as "Rivers'"."""
    return name if re.search(r"['’]s?$", name) else f"{name}'" if name[-1:] == "s" else f"{name}'s"


def added(question: str, linked: str) -> str:
    """`question` with words at its end, before its mark."""
    body = question.rstrip("?.! ")
    return f"{body} {linked}{question.rstrip()[len(body) :].strip() or '?'}"
