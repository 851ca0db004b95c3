"""How far chance reaches: intervals by the bootstrap, differences by permutation."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
LEVEL = 0.95
_AT_ONCE = 100  # resamples, so that 10,000 questions take 8 MB


def draws(rows: int, *, resamples: int = RESAMPLES, seed: int = 0) -> Iterator[NDArray[np.float64]]:
    """How often each row is drawn when as many are drawn as there are, with repetition.

    Yields:
        `[up to 100, rows]` counts, `resamples` in all; the same for the same seed.
    """
    rng = np.random.default_rng(seed)
    for first in range(0, resamples, _AT_ONCE):
        count = min(_AT_ONCE, resamples - first)
        places = rng.integers(rows, size=(count, rows)) + rows * np.arange(count)[:, None]
        counted = np.bincount(places.ravel(), minlength=count * rows)
        yield counted.reshape(count, rows).astype(float)


def swaps(rows: int, *, resamples: int = RESAMPLES, seed: int = 0) -> Iterator[NDArray[np.float64]]:
    """Which pairs have their sides swapped, 1 or 0, by the toss of a coin; shapes as `draws`."""
    rng = np.random.default_rng(seed)
    for first in range(0, resamples, _AT_ONCE):
        yield (rng.random((min(_AT_ONCE, resamples - first), rows)) < 0.5).astype(float)


def interval(resampled: NDArray[np.float64]) -> tuple[float, float]:
    """The percentile interval (Efron and Tibshirani, 1993, chapter 13); NaN where none can say."""
    known = resampled[~np.isnan(resampled)]
    if not len(known):
        return float("nan"), float("nan")
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, (tail, 1 - tail))
    return float(low), float(high)


def p_value(observed: float, swapped: NDArray[np.float64]) -> float:
    """How often chance makes a difference as large, on either side.

    The observed one counts among the permutations (Phipson and Smyth, 2010).
    """
    known = swapped[~np.isnan(swapped)]
    # Rounding must not tell a difference from itself.
    as_large = int((np.abs(known) >= abs(observed) - 1e-12).sum())
    return (1 + as_large) / (1 + len(known))
