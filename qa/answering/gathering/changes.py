"""Whether of two claims the later one tells of a change since the earlier."""

from __future__ import annotations

from datetime import date

from qa.answering.gathering.claims import Claim
from qa.language.numbers import find_numbers, same_number
from qa.language.words import stem, words

# By which a later article says that something has changed.
_CHANGED = frozenset(
    map(
        stem,
        "rise rose risen climb grow grew grown increase raise fall fell fallen drop lower revise "
        "correct update total final postpone delay move instead replace succeed again reopen break "
        "broke broken now".split(),
    )
)


def changed(one: Claim, other: Claim) -> bool:
    """Whether the later article says so, gives the earlier value too, or is of the same outlet.

    An outlet that writes another number two days later has brought its first one up to date.
    """
    days = (one.article.published, other.article.published)
    if None in days or days[0] == days[1]:
        return False
    earlier, later = sorted((one, other), key=lambda claim: claim.article.published or date.max)
    same_outlet = bool(later.article.outlet) and later.article.outlet == earlier.article.outlet
    return same_outlet or _says_so(later) or _mentions(later.evidence.text, earlier)


def _says_so(claim: Claim) -> bool:
    said, own = (set(map(stem, words(text))) for text in (claim.evidence.text, claim.told.text))
    return bool(_CHANGED & (said - own))


def _mentions(sentence: str, claim: Claim) -> bool:
    """Whether a sentence holds the value of another: "up from nine", "instead of Bregen"."""
    numbers = find_numbers(sentence)
    return any(name.text in sentence for name in claim.told.names) or any(
        same_number(one, own) for one in numbers for own in claim.told.numbers
    )
