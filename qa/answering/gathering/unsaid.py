"""What of a question the evidence leaves unsaid: its years, numbers, names and rare words.

An article about last year's race answers "who won the race in 2019?" in every word but one. So each
telling word of the question is looked for in what is quoted and around it, and weighs by how few
passages of the archive hold it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from qa.language.words import rarity, specifics, stem, stems, telling_words

Frequency = Callable[[str], float]  # the share of the archive's passages that hold a word

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's telling words, by their stems, and what each weighs."""

    weights: dict[str, float]  # 0 (in every passage) to 1 (in none of ten thousand)
    names: frozenset[str]
    numbers: frozenset[str]  # years are none
    years: frozenset[str]

    @classmethod
    def of(cls, question: str, frequency: Frequency) -> Asked:
        weights = {stem(word): rarity(frequency(word)) for word in telling_words(question)}
        special = specifics(question)
        years = frozenset(_YEAR.findall(question))
        numbers = frozenset(one for one in special if one[0].isdigit()) - years
        return cls(weights, frozenset(special) - numbers - years, numbers, years)

    def unsaid(self, said: Said) -> dict[str, float]:
        """What `said` lacks, each from 0 (nothing, or nothing of the kind is asked) to 1."""
        total = sum(self.weights.values())
        missing = sum(weight for one, weight in self.weights.items() if one not in said.stems)
        specifics = {
            "names": _share(self.names, said.stems),
            "numbers": _share(self.numbers, said.stems),
            "years": _share(self.years, said.years),
        }
        return {
            "words": missing / total if total else 0.0,
            "any": float(any(specifics.values())),
            **specifics,
        }


@dataclass(frozen=True, slots=True)
class Said:
    """The stems and the years of some text."""

    stems: frozenset[str]
    years: frozenset[str]

    @classmethod
    def of(cls, *texts: str) -> Said:
        return reduce(or_, (_said(text) for text in texts))

    def __or__(self, other: Said) -> Said:
        return Said(self.stems | other.stems, self.years | other.years)


@lru_cache(maxsize=64)  # whole articles, each asked about more than once for a question
def _said(text: str) -> Said:
    return Said(frozenset(stems(text)), frozenset(_YEAR.findall(text)))


def _share(asked: frozenset[str], said: Iterable[str]) -> float:
    return len(asked.difference(said)) / len(asked) if asked else 0.0
