"""What the figures count: SQuAD's F1 and EM, AUROC, calibration error, average precision."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

ARTICLES = re.compile(r"\b(a|an|the)\b")


def normalize(text: str) -> str:
    """SQuAD's: lower case, no punctuation, no articles, single spaces."""
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(ARTICLES.sub(" ", kept).split())


def f1(guess: str, answers: Sequence[str]) -> float:
    """The best word-overlap F1 with any reference (Rajpurkar and others, 2016)."""
    return max(_f1(normalize(guess).split(), normalize(a).split()) for a in answers)


def exact(guess: str, answers: Sequence[str]) -> float:
    return float(any(normalize(guess) == normalize(a) for a in answers))


def auroc(positives: ArrayLike, negatives: ArrayLike) -> float:
    """The chance that a positive outscores a negative, ties half (Mann and Whitney)."""
    yes, no = np.asarray(positives), np.sort(np.asarray(negatives))
    below = np.searchsorted(no, yes, "left") + np.searchsorted(no, yes, "right")
    return float(below.mean() / 2 / len(no))


def calibration_error(chances: ArrayLike, right: ArrayLike, bins: int = 10) -> float:
    """Expected calibration error over equal bins (Guo and others, 2017)."""
    p, hit = np.asarray(chances), np.asarray(right, float)
    place = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [
        abs(p[place == b].mean() - hit[place == b].mean()) * (place == b).mean()
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(gaps))


def refused(answerable: ArrayLike, silent: ArrayLike, answered: float = 0.9) -> float:
    """The share of unanswerable questions below the threshold that answers so many others."""
    return float((np.asarray(silent) < np.quantile(np.asarray(answerable), 1 - answered)).mean())


def average_precision(scores: Sequence[float], labels: Sequence[int]) -> float:
    ordered: NDArray[np.int_] = np.asarray(labels)[np.argsort(-np.asarray(scores), kind="stable")]
    places = np.flatnonzero(ordered) + 1
    return float((np.arange(1, len(places) + 1) / places).mean())


def _f1(guess: Sequence[str], answer: Sequence[str]) -> float:
    shared = (Counter(guess) & Counter(answer)).total()
    if not guess or not answer:
        return float(guess == answer)
    return 2 * shared / (len(guess) + len(answer))
