"""The words of a question and of a sentence, made comparable."""

from __future__ import annotations

import math
import re
from functools import lru_cache

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
_POSSESSIVE = re.compile(r"[’']s$")
_RAREST = 1e-4  # a share of the passages below which a word grows no rarer

# What carries no subject matter: question words, auxiliaries, articles, prepositions, pronouns, and
# the words by which people address the archive itself.
FUNCTION_WORDS = frozenset(
    "a about above across after again against all also am among an and any are as at be because "
    "been before being below between both but by can could did do does doing don't down during "
    "each either else ever every few for from further get give given gives had has have having he "
    "her here hers him his how i if in into is it its itself just kind let like made make many may "
    "me might more most much must my new no nor not of off on once one only or other our out over "
    "own per please really said same say says she should since so some such tell than that the "
    "their them then there these they this those through to told too toward towards under until up "
    "upon us use very was we were what what's whats when where which while who who's whom whose "
    "why will with within without would yet you your articles article news".split()
)

# What turns a statement into its denial.
NEGATIONS = frozenset("no not never none nobody nothing neither nor without cannot".split())

# Names that look like function words but for their capital.
_NAMES = frozenset({"New", "May", "Will", "US"})


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Snowball's English stem; words of other languages mostly come back as they are."""
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word.lower()))


def words(text: str) -> list[str]:
    """The words as they stand, possessive endings off."""
    return [_POSSESSIVE.sub("", match) for match in _WORD.findall(text)]


def located(text: str) -> list[tuple[str, int, int]]:
    """The words, each with its start and its end in `text`; possessive endings off."""
    found = ((_POSSESSIVE.sub("", match[0]), match.start()) for match in _WORD.finditer(text))
    return [(word, start, start + len(word)) for word, start in found]


def telling_words(text: str) -> list[str]:
    """The words that carry meaning, as they stand, in order.

    "US" is a country and "in May" a month: all capitals, or a capital within a sentence, is a name,
    whatever the word is otherwise.
    """
    found = words(text)
    return [
        word
        for place, word in enumerate(found)
        if word.lower() not in FUNCTION_WORDS
        or (len(word) > 1 and word.isupper())
        or (place and word in _NAMES)
    ]


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in telling_words(text)]


def specifics(text: str) -> set[str]:
    """The stems of names and numbers: what an answer may not silently swap for another.

    A capital counts as a name anywhere but on a function word; a question all in lower case has
    none, and its numbers only.
    """
    return {stem(word) for word in telling_words(text) if word[0].isdigit() or word[0].isupper()}


def rarity(share: float) -> float:
    """What a word weighs that this share of the passages holds: 0 (all) to 1 (hardly any)."""
    return math.log(max(share, _RAREST)) / math.log(_RAREST)
