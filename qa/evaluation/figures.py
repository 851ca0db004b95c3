"""From outcomes to figures, each with its interval, over all questions or a part of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.columns import FORMULAS, RATIOS, Columns, Numbers, ratios
from qa.evaluation.outcome import Outcome
from qa.metrics.resampling import RESAMPLES, draws, interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, its 95 % interval, and how many questions it rests on."""

    value: float
    low: float
    high: float
    n: int


def figures(outcomes: Sequence[Outcome], *, resamples: int = RESAMPLES) -> dict[str, Figure]:
    """Every figure that these outcomes have, by name."""
    if not outcomes:
        return {}
    columns = Columns(outcomes)
    values = dict(zip(RATIOS, ratios(columns.above.sum(0), columns.below.sum(0)), strict=True))
    for name, formula in FORMULAS.items():
        values[name] = formula(columns, np.arange(columns.rows))
    values = {name: value for name, value in values.items() if not np.isnan(value)}
    drawn = _drawn(columns, [name for name in values if name in FORMULAS], resamples)
    if "ece" in values:
        drawn["ece"] = _centred(drawn["ece"], values["ece"])
    return {
        name: Figure(float(value), *interval(drawn[name]), columns.counted(name))
        for name, value in values.items()
    }


def _centred(drawn: Numbers, value: float) -> Numbers:
    """Drawing rows again adds noise to every bin, and so to gaps: take what it adds away."""
    return np.asarray(np.maximum(drawn - (np.nanmean(drawn) - value), 0.0))


def _drawn(columns: Columns, names: Sequence[str], resamples: int) -> dict[str, Numbers]:
    """Every ratio, and the formulas of these names, over each resample."""
    found: dict[str, list[Numbers]] = {name: [] for name in (*RATIOS, *names)}
    for counts in draws(columns.rows, resamples=resamples):
        resampled = ratios(counts @ columns.above, counts @ columns.below)
        for place, name in enumerate(RATIOS):
            found[name].append(resampled[:, place])
        rows = [np.repeat(np.arange(columns.rows), one.astype(int)) for one in counts]
        for name in names:
            found[name].append(np.array([FORMULAS[name](columns, some) for some in rows]))
    return {name: np.concatenate(parts) for name, parts in found.items()}
