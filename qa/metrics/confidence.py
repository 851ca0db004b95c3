"""Whether confidence can be trusted: risk against coverage, calibration, order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies between two tenths."""

    low: float
    high: float
    count: int
    confidence: float  # their mean confidence
    accuracy: float  # and the share of them that is right


def risks(confidence: ArrayLike, right: ArrayLike) -> NDArray[np.float64]:
    """The share of errors among the k surest answers, for k = 1 … n.

    Equal confidences share their errors evenly, so that the order they came in does not matter.
    """
    sure, wrong = np.asarray(confidence, float), 1 - np.asarray(right, float)
    values, group = np.unique(-sure, return_inverse=True)
    even = (np.bincount(group, wrong) / np.bincount(group))[np.sort(group)]
    return np.asarray(np.cumsum(even) / np.arange(1, len(values[group]) + 1))


def aurc(confidence: ArrayLike, right: ArrayLike) -> float:
    """The area under the risk-coverage curve (Geifman, Uziel, El-Yaniv, ICLR 2019): less is better.

    0 is perfect; an order by chance gives the overall share of errors.
    """
    return float(risks(confidence, right).mean())


def accuracy_at(coverage: float, confidence: ArrayLike, right: ArrayLike) -> float:
    """The share that is right among the surest answers, as many as `coverage` says."""
    curve = risks(confidence, right)
    return float(1 - curve[max(round(coverage * len(curve)) - 1, 0)])


def reliability(confidence: ArrayLike, right: ArrayLike, bins: int = 10) -> list[Bin]:
    """Bins of equal width that hold answers, from low confidence to high."""
    sure, hit = np.asarray(confidence, float), np.asarray(right, float)
    place = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        Bin(b / bins, (b + 1) / bins, int(n.sum()), float(sure[n].mean()), float(hit[n].mean()))
        for b in range(bins)
        if (n := place == b).any()
    ]


def calibration_error(confidence: ArrayLike, right: ArrayLike, bins: int = 10) -> float:
    """Expected calibration error: the bins' gaps, weighed by what they hold (Guo, ICML 2017)."""
    found = reliability(confidence, right, bins)
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.accuracy - one.confidence) for one in found) / total


def auroc(positives: ArrayLike, negatives: ArrayLike) -> float:
    """The chance that a positive outscores a negative, ties half (Mann and Whitney, 1947)."""
    yes, no = np.asarray(positives), np.sort(np.asarray(negatives))
    below = np.searchsorted(no, yes, "left") + np.searchsorted(no, yes, "right")
    return float(below.mean() / 2 / len(no))
