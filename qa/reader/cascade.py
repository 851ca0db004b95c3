"""Two networks: a quick one reads all passages, a careful one the best of them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qa.metrics.logistic import logistic
from qa.reader.confidence import Confidence
from qa.reader.model import shared
from qa.reader.protocol import Reading, Span
from qa.reader.span_reader import SpanReader
from vectorstore.passage import Passage

AGAIN = 4  # passages that are read again: more cost time, fewer lose answers (measurements.md)


class CascadeReader:
    """What the careful network has read is as it says; the rest never comes before it."""

    short_answers = True

    def __init__(self, quick: SpanReader, careful: SpanReader, again: int = AGAIN) -> None:
        self._quick = quick
        self._careful = careful
        self._again = again

    @classmethod
    def of(cls, folder: Path) -> CascadeReader:
        """The packaged network, and the careful one of that folder."""
        return cls(SpanReader(), SpanReader(lambda: shared(folder), headed=True))

    def warm_up(self) -> None:
        """Load both, so that the first question waits for neither.

        Raises:
            ReaderUnavailable: one of them is missing or broken.
        """
        self._quick.warm_up()
        self._careful.warm_up()

    def close(self) -> None:
        """End the threads of both."""
        self._quick.close()
        self._careful.close()

    @property
    def quick(self) -> SpanReader:
        """The network that reads all passages."""
        return self._quick

    @property
    def threshold(self) -> float:
        """The probability from which to answer."""
        return self._careful.threshold

    @property
    def confidence(self) -> Confidence | None:
        """What a finding's signs are worth with these two."""
        return self._careful.confidence

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading for each passage, in the order given."""
        first = self._quick.read(question, passages)
        order = sorted(range(len(passages)), key=lambda place: -first[place].score)
        again = order[: self._again]
        second = self._careful.read(question, [passages[place] for place in again])
        lowest = min((reading.score for reading in second), default=0.0)
        readings = [_behind(reading, lowest) for reading in first]
        for place, reading in zip(again, second, strict=True):
            readings[place] = _seconded(reading, first[place])
        return readings


def _behind(reading: Reading, lowest: float) -> Reading:
    """A reading that only the quick network made, below all that were made again."""
    ceiling = logistic(lowest)
    spans = tuple(
        replace(span, probability=min(span.probability, ceiling), seconded=span.probability)
        for span in reading.spans
    )
    return replace(reading, score=lowest + min(0.0, reading.score) - 1.0, spans=spans)


def _seconded(reading: Reading, first: Reading) -> Reading:
    """A careful reading, each span with what the quick network thinks of it."""
    spans = tuple(replace(span, seconded=_agreement(span, first)) for span in reading.spans)
    return replace(reading, spans=spans)


def _agreement(span: Span, first: Reading) -> float:
    overlapping = (
        other.probability
        for other in first.spans
        if other.start < span.end and span.start < other.end
    )
    return max(overlapping, default=0.0)
