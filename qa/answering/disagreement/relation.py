"""How two values relate: one came later, they are of two things of one name, or they contradict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from qa.answering.disagreement.claims import Claim
from qa.language.dates import find_dates
from qa.language.names import find_names
from qa.language.numerals import ORDINALS
from qa.language.values import same_value, told
from qa.language.words import stem, stems, telling_words, words
from qa.records import Relation

# By which a later article says that something has changed.
_CHANGED = frozenset(
    map(
        stem,
        "rise rose risen climb grow grew grown increase raise fall fell fallen drop lower "
        "revise correct update total final postpone delay move instead replace succeed again "
        "reopen break broke broken".split(),
    )
) | {"now", "anew"}
_YEAR_APART = 300  # days: what happens every year has happened again
_OF = r"\s+(?:in|at|on|of|near|for|from)\s+(?:the\s+)?"
_REGNAL = re.compile(r"[IVX]+")
_APPOSITION = re.compile(r",\s+(?:the|an?)\s+([^,.;]{3,40})[,.;]")
_PLACED = re.compile(_OF + r"([\w’'-]+(?:\s+[\w’'-]+){0,4})")


def relation(question: str, one: Claim, other: Claim) -> Relation:
    """What to make of two claims that cannot both be right of one thing."""
    if _of_two(question, one, other):
        return "readings"
    return "update" if _updated(one, other) else "contradiction"


def _updated(one: Claim, other: Claim) -> bool:
    """Whether the later article knows of a change: it says so, or its outlet wrote the first."""
    days = (one.article.published, other.article.published)
    if None in days or days[0] == days[1]:
        return False
    earlier, later = sorted((one, other), key=lambda claim: claim.article.published or date.min)
    said = later.evidence.text
    return (
        bool(_CHANGED & (set(map(stem, words(said))) - _own(later)))
        or _mentions(said, earlier)
        or (later.article.outlet == earlier.article.outlet != "")
    )


def _mentions(sentence: str, claim: Claim) -> bool:
    """Whether a sentence holds the value of another."""
    there = told(sentence, sentence)
    name = claim.told
    return any(
        same_value(type(name)(text="", numbers=(number,)), type(name)(text="", numbers=(own,)))
        for number in there.numbers
        for own in name.numbers
    ) or (bool(name.names) and name.names[0].text in sentence)


def _of_two(question: str, one: Claim, other: Claim) -> bool:
    """Whether each is told apart by something that the question does not say."""
    asked = set(stems(question))
    return any(
        (mine := set(apart(question, one)) - asked)
        and (theirs := set(apart(question, other)) - asked)
        and not mine & theirs
        for apart in _APART
    )


def _by_name(question: str, claim: Claim) -> Iterator[str]:
    """The rest of a name that the question gives in part: "Piet" Harlan, Osric "II"."""
    asked = set(stems(question))
    for name in find_names(claim.evidence.text):
        held = [stem(word) for word in name.words]
        if asked & set(held):
            yield from (word for word in held if word not in _own(claim))


def _by_place(question: str, claim: Claim) -> Iterator[str]:
    """What stands right after the thing asked of: "in Belmar", "for poetry"."""
    for match in _PLACED.finditer(claim.evidence.text):
        before = words(claim.evidence.text[: match.start()])
        if not before or stem(before[-1]) not in stems(question):
            continue
        names = [word for name in find_names(match[1]) for word in name.words]
        held = names or telling_words(match[1])[:1]
        yield from (stem(word) for word in held if stem(word) not in _own(claim))


def _by_apposition(question: str, claim: Claim) -> Iterator[str]:
    """What the thing asked of is called: Orion, "the battery maker"."""
    for match in _APPOSITION.finditer(claim.evidence.text):
        before = words(claim.evidence.text[: match.start()])
        if before and stem(before[-1]) in stems(question):
            yield from (word for word in stems(match[1]) if word not in _own(claim))


def _by_order(question: str, claim: Claim) -> Iterator[str]:
    """The "first" treaty and the "second", Osric "I" and Osric "II"."""
    said = words(claim.evidence.text)
    for one, following in zip(said, said[1:], strict=False):
        if one.lower() in ORDINALS and stem(following) in stems(question):
            yield one.lower()
        if _REGNAL.fullmatch(following) and stem(one) in stems(question):
            yield following


def _by_year(_: str, claim: Claim) -> Iterator[str]:
    """The year of what the sentence tells, unless that is the answer itself."""
    if claim.told.days:
        return
    for day in find_dates(claim.evidence.text, claim.article.published):
        yield from {str(first.year) for first, last in day.readings[:1] if first.year == last.year}


def _own(claim: Claim) -> set[str]:
    return set(map(stem, words(claim.told.text)))


_APART: tuple[Callable[[str, Claim], Iterator[str]], ...] = (
    _by_name,
    _by_place,
    _by_apposition,
    _by_order,
    _by_year,
)
