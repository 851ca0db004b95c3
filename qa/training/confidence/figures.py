"""How confidence does on what it was not fitted on, a collection a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.answering.gathering.signs import DIRECTIONS
from qa.metrics.confidence import aurc, auroc
from qa.reader.confidence import Confidence
from qa.training.confidence.collections import HELD
from qa.training.confidence.fit import Numbers, fit, weigh
from qa.training.confidence.judged import Judged

COLUMNS = (
    "asked", "error", "aurc", "auroc", "answered", "right", "refused",
    "of left out", "of silent", "of swapped", "of written",
)  # fmt: skip
_HOW = {"of left out": "no article", "of silent": "no passage", "of swapped": "swapped"}
_BINS = 10

Chance = Callable[[Judged], float]
Line = dict[str, float]


def by_collection(rows: Sequence[Judged], chance: Chance, threshold: float) -> dict[str, Line]:
    """`COLUMNS` for each collection of `rows`, and their means."""
    names = list(dict.fromkeys(one.collection for one in rows))
    lines = {
        name: _line([one for one in rows if one.collection == name], chance, threshold)
        for name in names
    }
    mean = {
        column: float(np.nanmean([line[column] for line in lines.values()])) for column in COLUMNS
    }
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
        yield (
            name,
            *(by_collection(there, chance_of(one), one.threshold)[name] for one in (apart, whole)),
        )


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
    unsaid = [name for name in DIRECTIONS if name.rsplit(" ", 1)[-1] in {"near", "around", "whole"}]
    unsaid.remove("kind lacks near")
    families = {
        "nothing": [],
        "what is unsaid": unsaid,
        **{
            f"… {scope}": [n for n in unsaid if n.endswith(scope)]
            for scope in ("near", "around", "whole")
        },
        **{
            f"… {what}": [n for n in unsaid if what in n]
            for what in ("words", "rarest", "names", "numbers", "year")
        },
    }
    return families | {name: [name] for name in DIRECTIONS if name not in unsaid}


def _line(rows: Sequence[Judged], chance: Chance, threshold: float) -> Line:
    p = np.array([chance(one) for one in rows])
    right = np.array([one.right for one in rows], float)
    able = np.array([one.answerable for one in rows])
    said = p >= threshold
    refused = {"refused": ~able}
    for column, how in _HOW.items():
        refused[column] = ~able & np.array([one.how == how for one in rows])
    refused["of written"] = ~able & np.array([one.how == "asked" for one in rows])
    return {
        "asked": len(rows),
        "error": calibration_error(p, right, weigh(rows)),
        "aurc": aurc(p, right),
        "auroc": auroc(p[right == 1], p[right == 0]),
        "answered": _mean(said[able]),
        "right": _mean((said & (right == 1))[able]),
        **{column: _mean(~said[chosen]) for column, chosen in refused.items()},
    }


def calibration_error(p: Numbers, right: Numbers, weights: Numbers) -> float:
    """The bins' gaps, weighed by what they hold (Guo and others, ICML 2017), of weighted rows."""
    bins = np.minimum((p * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, weights * (p - right), _BINS)
    return float(np.abs(gaps).sum() / weights.sum())


def _mean(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else float("nan")
