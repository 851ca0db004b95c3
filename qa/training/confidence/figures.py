"""How confidence does on what it was not fitted on, a collection a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.answering.gathering.signs import DIRECTIONS
from qa.metrics.confidence import aurc, auroc
from qa.reader.confidence import Confidence
from qa.training.confidence.askings import ASKED, DATED, NO_ARTICLE, NO_PASSAGE, SWAPPED
from qa.training.confidence.collections import HELD
from qa.training.confidence.fit import Numbers, fit, weigh
from qa.training.confidence.judged import Judged

# How each way of asking what has no answer is called in the table.
_HOW = {"left out": NO_ARTICLE, "silent": NO_PASSAGE, SWAPPED: SWAPPED, DATED: DATED}
COLUMNS = (
    "asked",
    "error",  # of calibration
    "by chance",  # the error that so few questions would show of a perfect calibration
    "aurc",
    "aurc answerable",
    "auroc",  # right against wrong
    "answered",  # of what can be
    "right",
    "refused",  # of what can not be: of all, then by how it is asked
    *_HOW,
    "written",  # by people, to look answerable
)
_BINS, _DRAWS = 10, 200

Chance = Callable[[Judged], float]
Line = dict[str, float]


def by_collection(rows: Sequence[Judged], chance: Chance, threshold: float) -> dict[str, Line]:
    """`COLUMNS` for each collection of `rows`, and their means."""
    names = list(dict.fromkeys(one.collection for one in rows))
    lines = {
        name: _line([one for one in rows if one.collection == name], chance, threshold)
        for name in names
    }
    columns = {column: np.array([line[column] for line in lines.values()]) for column in COLUMNS}
    mean = {column: _mean(values[~np.isnan(values)]) for column, values in columns.items()}
    return {**lines, "mean": mean}


def sweep(rows: Sequence[Judged], chance: Chance) -> Iterator[tuple[float, Line]]:
    """The means at thresholds one might choose."""
    for threshold in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        yield threshold, by_collection(rows, chance, threshold)["mean"]


def without_each(rows: Sequence[Judged]) -> Iterator[tuple[str, Line, Line]]:
    """Each collection's line: fitted without it, and fitted with it."""
    fitted = [one for one in rows if one.part != HELD]
    held = [one for one in rows if one.part == HELD]
    whole = fit(fitted)
    for name in dict.fromkeys(one.collection for one in rows):
        there = [one for one in held if one.collection == name]
        apart = fit([one for one in fitted if one.collection != name])
        without, having = (
            by_collection(there, chance_of(one), one.threshold)[name] for one in (apart, whole)
        )
        yield name, without, having


def without_signs(rows: Sequence[Judged]) -> Iterator[tuple[str, Line]]:
    """The means, fitted without some of the signs."""
    fitted = [one for one in rows if one.part != HELD]
    held = [one for one in rows if one.part == HELD]
    for family, names in _families().items():
        found = fit(fitted, [name for name in DIRECTIONS if name not in names])
        yield family, by_collection(held, chance_of(found), found.threshold)["mean"]


def chance_of(confidence: Confidence) -> Chance:
    return lambda one: confidence.probability(one.signs)


def _families() -> dict[str, list[str]]:
    unsaid = [name for name in DIRECTIONS if name.endswith((" near", " whole"))]
    families = {"nothing": [], "what is unsaid": unsaid}
    for part in ("near", "whole", "words", "names", "numbers", "years", "any"):
        families[f"… {part}"] = [name for name in unsaid if part in name.split()]
    return families | {name: [name] for name in DIRECTIONS if name not in unsaid}


def _line(rows: Sequence[Judged], chance: Chance, threshold: float) -> Line:
    p = np.array([chance(one) for one in rows])
    right = np.array([one.right for one in rows], float)
    able = np.array([one.answerable for one in rows])
    said = p >= threshold
    refused = {"refused": ~able}
    for column, how in _HOW.items():
        refused[column] = ~able & np.array([one.how == how for one in rows])
    refused["written"] = ~able & np.array([one.how == ASKED for one in rows])
    weights, rng = weigh(rows), np.random.default_rng(0)
    drawn = [calibration_error(p, rng.random(len(p)) < p, weights) for _ in range(_DRAWS)]
    return {
        "asked": len(rows),
        "error": calibration_error(p, right, weights),
        "by chance": float(np.mean(drawn)),
        "aurc": aurc(p, right),
        "aurc answerable": aurc(p[able], right[able]),
        "auroc": auroc(p[right == 1], p[right == 0]),
        "answered": _mean(said[able]),
        "right": _mean((said & (right == 1))[able]),
        **{column: _mean(~said[chosen]) for column, chosen in refused.items()},
    }


def calibration_error(p: Numbers, right: NDArray[Any], weights: Numbers) -> float:
    """The bins' gaps, weighed by what they hold (Guo and others, ICML 2017), of weighted rows."""
    bins = np.minimum((p * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, weights * (p - right), _BINS)
    return float(np.abs(gaps).sum() / weights.sum())


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean()) if len(values) else float("nan")
