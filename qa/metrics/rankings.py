"""How high the right things stand in a ranking. A ranking is given as 0s and 1s, best first."""

from __future__ import annotations

import math
from collections.abc import Sequence


def hit(right: Sequence[bool], k: int) -> float:
    """1 where one of the first `k` is right, else 0."""
    return float(any(right[:k]))


def reciprocal_rank(right: Sequence[bool], k: int) -> float:
    """One over the place of the first right one among `k`, or 0 (Voorhees, TREC-8, 1999)."""
    return next((1 / place for place, one in enumerate(right[:k], start=1) if one), 0.0)


def ndcg(right: Sequence[bool], wanted: int, k: int) -> float:
    """Discounted gain of the first `k` over the best possible with `wanted` right things.

    Gains are 0 or 1 and fall off by log2(place + 1): Järvelin and Kekäläinen, TOIS 2002.
    """
    best = sum(1 / math.log2(place + 1) for place in range(1, min(wanted, k) + 1))
    gain = sum(1 / math.log2(place + 1) for place, one in enumerate(right[:k], start=1) if one)
    return gain / best if best else 0.0


def average_precision(right: Sequence[bool]) -> float:
    """The mean, over the right ones, of the precision at their place; at least one is right."""
    places = [place for place, one in enumerate(right, start=1) if one]
    return sum(found / place for found, place in enumerate(places, start=1)) / len(places)
