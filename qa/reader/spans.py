"""Start and end logits to answer spans, with the null span at the first piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Logits: TypeAlias = NDArray[np.float32]

LONGEST = 30  # pieces an answer may have
CANDIDATES = 20  # spans that vote on which of them is best


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where an answer may stand, `text[start:end]`, and its share among the window's spans."""

    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """A window's spans, best first, and by how much the best outweighs the null span."""

    margin: float
    spans: tuple[Candidate, ...]


def decode(
    start: Logits, end: Logits, offsets: list[tuple[int, int]], inside: NDArray[np.bool_]
) -> Decoded:
    """The spans of one window.

    Args:
        start, end: logits [pieces]; the first piece is the null span's.
        offsets: each piece's characters in the passage.
        inside: [pieces], which pieces are the passage's.
    """
    places = np.flatnonzero(inside)
    if not len(places):
        return Decoded(float("-inf"), ())
    first, last = places[0], places[-1] + 1
    sums = start[first:last, None] + end[None, first:last]
    width = len(places)
    allowed = np.triu(np.ones((width, width), bool)) & ~np.triu(
        np.ones((width, width), bool), LONGEST
    )
    scores = np.where(allowed, sums, -np.inf).ravel()
    top = np.argpartition(-scores, min(CANDIDATES, scores.size - 1))[:CANDIDATES]
    top = top[np.isfinite(scores[top])]
    begins, ends = np.divmod(top, width)
    weights = np.exp(scores[top] - scores[top].max())
    chances = weights / weights.sum()
    order = np.argsort(-_expected_f1(begins, ends, chances), kind="stable")
    spans = tuple(
        Candidate(offsets[first + begins[n]][0], offsets[first + ends[n]][1], float(chances[n]))
        for n in order
    )
    return Decoded(float(scores[top].max() - start[0] - end[0]), spans)


def _expected_f1(begins: NDArray[np.intp], ends: NDArray[np.intp], chances: Logits) -> Logits:
    """Each candidate's F1 over pieces against all candidates, weighted by their chances.

    Minimum Bayes risk: the likeliest single span is often a fringe of a crowd that agrees.
    """
    lengths = ends - begins + 1
    shared = np.minimum(ends[:, None], ends) - np.maximum(begins[:, None], begins) + 1
    f1 = 2 * np.clip(shared, 0, None) / (lengths[:, None] + lengths)
    expected: Logits = f1 @ chances
    return expected
