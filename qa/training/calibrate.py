"""Fits what the raw evidence means, on the development articles alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qa.reader.calibration import Calibration
from qa.reader.span_reader import PassageReading
from qa.training.figures import Found, Read

STEPS = 50
RIDGE = 1e-3


def calibrate(reads: Sequence[Read]) -> Calibration:
    """Platt's regressions for score and probability, and the threshold that serves both sides best.

    Half of what is read answers and half does not, and so the probability assumes.
    """
    pairs = [found for read in reads for found in (read.gold, read.silent[0])]
    misses = [read.near_miss for read in reads if read.near_miss]
    raw = [(f.reading.answerable, f.reading.margin) for f in pairs]
    raw += [(miss.answerable, miss.margin) for miss in misses]
    answers = [float(n % 2 == 0) for n in range(len(pairs))] + [0.0] * len(misses)
    answerable, margin, bias = regression(raw, answers)
    fitted = Calibration(answerable=answerable, margin=margin, bias=bias)
    evidence, right = [], []
    for read in reads:
        for tens, silent in ((read.ranked, False), (read.silent, True)):
            best = max(tens, key=lambda f: fitted.score(f.reading.answerable, f.reading.margin))
            score = fitted.score(best.reading.answerable, best.reading.margin)
            evidence.append((score, best.reading.span))
            right.append(float(not silent and best.right))
    score, span, bias = regression(evidence, right)
    fitted = replace(fitted, right_score=score, right_span=span, right_bias=bias)
    chances = [fitted.probability(*row) for row in evidence]
    return replace(fitted, threshold=_threshold(chances, right))


def rescore(reads: Sequence[Read], calibration: Calibration) -> list[Read]:
    """The same readings as another calibration would have judged them."""

    def judged(reading: PassageReading) -> PassageReading:
        score = calibration.score(reading.answerable, reading.margin)
        chance = calibration.probability(score, reading.span)
        return replace(reading, score=score, probability=chance)

    def found(tens: Sequence[Found]) -> list[Found]:
        return [replace(one, reading=judged(one.reading)) for one in tens]

    return [
        Read(
            replace(read.gold, reading=judged(read.gold.reading)),
            judged(read.near_miss) if read.near_miss else None,
            found(read.ranked),
            found(read.silent),
        )
        for read in reads
    ]


def regression(
    rows: Sequence[tuple[float, float]], labels: Sequence[float]
) -> tuple[float, float, float]:
    """Two weights and the bias of a logistic regression, by Newton's steps."""
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


def _threshold(chances: Sequence[float], right: Sequence[float]) -> float:
    """Where right answers given and unanswerable questions refused have the best mean.

    The two kinds take turns: answerable, unanswerable.
    """
    p, hit = np.asarray(chances), np.asarray(right, bool)[0::2]
    answered, silent = p[0::2], p[1::2]
    grid = np.linspace(0.02, 0.98, 97)
    means = [(hit & (answered >= t)).mean() + (silent < t).mean() for t in grid]
    return round(float(grid[int(np.argmax(means))]), 2)
