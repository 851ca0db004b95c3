"""A logistic regression whose weights may only point where sense says they should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qa.answering.gathering.signs import DIRECTIONS
from qa.reader.confidence import Confidence
from qa.training.confidence.judged import Judged

Numbers = NDArray[np.float64]

UNANSWERABLE = 1 / 3  # of what is asked, as if so much of it had no answer
NEARLY = 0.025  # how much less than the best is as good; at less our own bars on refusals fall
RIDGE = 4.0  # on weights of signs scaled to a deviation of 1


def fit(rows: Sequence[Judged], names: Sequence[str] = tuple(DIRECTIONS)) -> Confidence:
    """Fit on the first finding of each asking; every collection weighs the same.

    Args:
        rows: what to fit on.
        names: the signs to use.
    """
    from scipy.optimize import minimize

    signs = table(rows, names)
    right = np.array([one.right for one in rows], float)
    weights = weigh(rows)
    scale = signs.std(0) + 1e-6
    x = np.column_stack([signs / scale, np.ones(len(rows))])
    ridge = np.append(np.full(len(names), RIDGE), 0.0)

    def loss(w: Numbers) -> tuple[float, Numbers]:
        logits = x @ w
        p = 1 / (1 + np.exp(-logits))
        total = weights @ (np.logaddexp(0, logits) - right * logits) + ridge @ w**2 / 2
        return float(total), x.T @ (weights * (p - right)) + ridge * w

    ways = [DIRECTIONS[name] for name in names]
    bounds = [(0.0 if way > 0 else None, 0.0 if way < 0 else None) for way in ways]
    found = minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=[*bounds, (None, None)])
    fitted = dict(zip(names, (found.x[:-1] / scale).tolist(), strict=True))
    kept = {name: round(weight, 4) for name, weight in fitted.items() if abs(weight) > 1e-4}
    confidence = Confidence(threshold=0.5, bias=round(float(found.x[-1]), 4), weights=kept)
    chances = [confidence.probability(one.signs) for one in rows]
    return replace(confidence, threshold=threshold(rows, chances))


def table(rows: Sequence[Judged], names: Sequence[str]) -> Numbers:
    """The signs as `[rows, names]`."""
    return np.array([[one.signs.get(name, 0.0) for name in names] for one in rows])


def weigh(rows: Sequence[Judged]) -> Numbers:
    """Weights that sum to the number of rows: collections alike, a third of each unanswerable."""
    cells = [(one.collection, one.answerable) for one in rows]
    sizes = {cell: cells.count(cell) for cell in set(cells)}
    both = {name for name, _ in sizes}
    shares = {True: 1 - UNANSWERABLE, False: UNANSWERABLE}
    each = np.array([shares[cell[1]] / sizes[cell] for cell in cells])
    return np.asarray(each * len(rows) / len(both))


def threshold(rows: Sequence[Judged], chances: Sequence[float]) -> float:
    """The highest that serves nearly as well as the best.

    What is served comes out right, answered rightly or rightly refused: in the mean of the
    collections, with `UNANSWERABLE` of what is asked without an answer. Over a wide range hardly
    more or less of it does, and there a wrong answer costs more than a refusal.
    """
    weights = weigh(rows)
    able = np.array([one.answerable for one in rows])
    right = np.array([one.right for one in rows])
    p = np.asarray(chances)
    grid = np.arange(1, 91) / 100
    served = [(weights * np.where(able, right & (p >= t), p < t)).sum() for t in grid]
    return float(grid[np.array(served) >= (1 - NEARLY) * max(served)].max())
