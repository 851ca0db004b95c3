"""How far chance reaches: intervals by the bootstrap, differences by permutation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
LEVEL = 0.95

Rows = NDArray[np.intp]


def bootstrap(
    figure: Callable[[Rows], float], rows: int, *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float, float]:
    """The percentile interval of a figure (Efron and Tibshirani, 1993, chapter 13).

    Args:
        figure: computes it from the numbers of some rows, drawn with repetition; NaN where those
            rows cannot say.
        rows: how many rows there are; at least 1.
        resamples: how often they are drawn.
        seed: the same rows give the same interval.
    """
    rng = np.random.default_rng(seed)
    drawn = np.array([figure(rng.integers(rows, size=rows)) for _ in range(resamples)])
    if np.isnan(drawn).all():
        return float("nan"), float("nan")
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(drawn, (tail, 1 - tail))
    return float(low), float(high)


def permutation_p(
    difference: Callable[[NDArray[np.bool_]], float],
    rows: int,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> float:
    """How often a difference as large comes from swapping the two sides of pairs by chance.

    Two-sided; the observed one counts among the permutations (Phipson and Smyth, 2010).

    Args:
        difference: computes it where the pairs marked True have their sides swapped.
        rows: how many pairs there are.
        resamples: how often they are swapped.
        seed: the same pairs give the same figure.
    """
    rng = np.random.default_rng(seed)
    observed = abs(difference(np.zeros(rows, bool)))
    swapped = (abs(difference(rng.random(rows) < 0.5)) for _ in range(resamples))
    # Rounding must not tell a difference from itself.
    as_large = sum(one >= observed - 1e-12 for one in swapped)
    return (1 + as_large) / (1 + resamples)
