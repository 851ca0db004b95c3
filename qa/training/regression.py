"""Logistic regression of one label on two numbers, by Newton's steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

STEPS = 50
RIDGE = 1e-3


def regression(
    rows: Sequence[tuple[float, float]], labels: Sequence[float]
) -> tuple[float, float, float]:
    """The two weights and the bias."""
    x = np.column_stack([np.asarray(rows, float), np.ones(len(rows))])
    y: NDArray[np.float64] = np.asarray(labels, float)
    weights = np.zeros(3)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (p - y) + RIDGE * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(3)
        weights -= np.linalg.solve(curve, slope)
    first, second, bias = weights
    return float(first), float(second), float(bias)
