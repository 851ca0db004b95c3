"""The final ranking: how well each passage answers, by the reader."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa.metrics.logistic import logistic
from qa.reader.protocol import Reader, Reading
from qa.retrieval.ranked import Ranked, unscored
from qa.retrieval.retriever import HybridRetriever

# What retrieval put lower counts for less: on the development articles this weight on the logarithm
# of the place put the right passage first most often.
_PER_PLACE = 0.75


class RankedRetriever:
    """Finds passages and puts the first in the order of the reader's scores.

    The rest follow as they were. Scores become probabilities, so that they fall from the first
    passage to the last.
    """

    def __init__(self, found: HybridRetriever, reader: Reader, *, read: int, top_k: int) -> None:
        """`read`: how many passages are read; reading costs milliseconds each."""
        self._found = found
        self._reader = reader
        self._read = read
        self._top_k = top_k

    def retrieve(self, question: str) -> list[Ranked]:
        """The first `top_k` passages for `question`, best first."""
        passages = self._found.retrieve(question)
        if not passages:
            return []
        head, rest = passages[: self._read], passages[self._read :]
        ranked = by_reading(head, self._reader.read(question, unscored(head)))
        return (ranked + _below(rest, ranked[-1].score))[: self._top_k]


def by_reading(passages: Sequence[Ranked], readings: Sequence[Reading]) -> list[Ranked]:
    """Retrieval's passages, best first, in the order of how well they answer."""
    ranked = [
        Ranked(one.passage, logistic(reading.score - _PER_PLACE * math.log(place)))
        for place, (one, reading) in enumerate(zip(passages, readings, strict=True), start=1)
    ]
    return sorted(ranked, key=lambda one: -one.score)


def _below(rest: Sequence[Ranked], ceiling: float) -> list[Ranked]:
    """The passages that were not read, their scores scaled to lie under those that were."""
    highest = max((one.score for one in rest), default=0.0)
    return [Ranked(one.passage, ceiling * (one.score / highest)) for one in rest]
