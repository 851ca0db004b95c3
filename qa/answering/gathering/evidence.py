"""Sentences that may answer, taken from what the reader made of the passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.words import words
from qa.reader.protocol import Reading, Span
from vectorstore.passage import Passage

# What retrieval puts lower answers less often, whatever the reader says. Chosen on development
# questions (docs/measurements.md).
_PER_PLACE = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """One or more whole sentences of an article: `text == article.text[start:end]`."""

    article_id: str
    start: int
    end: int
    text: str
    short: str  # the words that answer, where the reader finds them
    probability: float
    source: str = ""  # the same for all articles that have one text; empty: its article alone

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: article, start, end."""
        return self.article_id, self.start, self.end

    def overlaps(self, other: Evidence) -> bool:
        """Whether both have words of one article in common."""
        same = self.article_id == other.article_id
        return same and self.start < other.end and other.start < self.end


def gather(
    passages: Sequence[Passage], readings: Sequence[Reading], *, short_answers: bool
) -> list[Evidence]:
    """The sentences that hold the readings' spans, each once, the likeliest first."""
    found = [
        _evidence(passage, span, _discounted(span.probability, place), short_answers)
        for place, (passage, reading) in enumerate(zip(passages, readings, strict=True), start=1)
        for span in reading.spans
    ]
    found.sort(key=lambda evidence: -evidence.probability)
    # Passages overlap, and wire copies repeat: the same words count once.
    distinct: dict[str, Evidence] = {}
    for evidence in found:
        distinct.setdefault(" ".join(evidence.text.casefold().split()), evidence)
    return list(distinct.values())


def _discounted(probability: float, place: int) -> float:
    """Less by the log-odds of `_PER_PLACE` times the logarithm of the place."""
    odds: float = probability / max(1 - probability, 1e-9) * place**-_PER_PLACE
    return odds / (1 + odds)


def _evidence(passage: Passage, span: Span, probability: float, short_answers: bool) -> Evidence:
    shift = passage.start
    start, end = span.start, span.end
    touched = [
        (a - shift, b - shift)
        for a, b in passage.sentences
        if a < shift + end and b > shift + start
    ]
    if short_answers and len(touched) > 1:
        touched, (start, end) = _within_one(passage.text, touched, (start, end))
    first, last = touched[0][0], touched[-1][1]
    return Evidence(
        article_id=passage.article_id,
        start=shift + first,
        end=shift + last,
        text=passage.text[first:last],
        short=passage.text[start:end] if short_answers else "",
        probability=probability,
    )


def _within_one(
    text: str, touched: list[tuple[int, int]], span: tuple[int, int]
) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """A short answer is no two sentences: the first of which it has words keeps its share."""
    for a, b in touched:
        start, end = max(a, span[0]), min(b, span[1])
        if words(text[start:end]):
            return [(a, b)], (start, start + len(text[start:end].rstrip(" \n.!?")))
    return touched, span
