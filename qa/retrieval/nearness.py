"""How near a passage is to a question: what it means, and how much of what is asked it says.

A rank says nothing of how far one passage is ahead of the next, and BM25 adds up whatever words it
finds. Of the candidates at hand more can be asked: does this passage speak of all that the question
names, and in that order?
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, pairwise

from qa.language.words import rarity, stem, stems, telling_words

Frequency = Callable[[str], float]  # the share of the archive's passages that hold a word

# Beside a cosine. Chosen on development questions of ten collections in one archive; the first ten
# hardly change with any of them halved or doubled (docs/measurements.md).
_WORDS, _PAIRS, _RANKS = 0.6, 0.3, 0.6
_MOST_WORDS = 64  # of a whole page given as a question


class Nearness:
    """One question, to measure passages by."""

    def __init__(self, question: str, frequency: Frequency) -> None:
        """`frequency`: a word that few passages hold weighs more."""
        told = list(islice(dict.fromkeys(telling_words(question)), _MOST_WORDS))
        self._weights = {stem(word): rarity(frequency(word)) for word in told}
        self._pairs = set(pairwise(stem(word) for word in told))

    def of(self, text: str, cosine: float, fused: float) -> float:
        """How near a passage is: a number that compares over the passages of a question.

        Args:
            text: the passage, its title in front.
            cosine: of the question's vector and the passage's.
            fused: the passage's reciprocal ranks.
        """
        said = stems(text)
        present = set(said)
        words = sum(weight for one, weight in self._weights.items() if one in present)
        pairs = len(self._pairs.intersection(pairwise(said)))
        return (
            max(cosine, 0.0)
            + _WORDS * words / (sum(self._weights.values()) or 1.0)
            + _PAIRS * pairs / (len(self._pairs) or 1)
            + _RANKS * fused
        )
