"""Two runs over the same questions: what is better, what only differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.errors import SettingError
from qa.evaluation.figures import FORMULAS, Columns, Formula
from qa.evaluation.outcome import Outcome
from qa.metrics.resampling import bootstrap, permutation_p

if TYPE_CHECKING:
    from qa.evaluation.report import Report


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure in both runs; `low` and `high` bound `after - before` at 95 %."""

    before: float
    after: float
    low: float
    high: float
    p: float  # how often chance alone makes a difference as large
    n: int

    @property
    def value(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that only one of the runs has right."""

    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `Report.compare` returns."""

    names: tuple[str, str]
    differences: dict[str, Difference]
    mended: list[Flip]  # wrong before, right after
    broken: list[Flip]  # right before, wrong after
    questions: int  # that both runs asked
    left_out: int  # that only one did


def compare(before: Report, after: Report) -> Comparison:
    """Pair the questions of two reports and measure what changed.

    Raises:
        SettingError: they have no question in common.
    """
    ours = {one.gold.key: one for one in before.outcomes}
    theirs = {one.gold.key: one for one in after.outcomes}
    keys = [key for key in ours if key in theirs]
    if not keys:
        raise SettingError("The two runs have no question in common: evaluate both on one file.")
    pairs = [Flip(ours[key], theirs[key]) for key in keys]
    return Comparison(
        names=(before.name, after.name),
        differences=_differences(pairs),
        mended=[one for one in pairs if one.after.right and one.before.right is False],
        broken=[one for one in pairs if one.before.right and one.after.right is False],
        questions=len(keys),
        left_out=len(ours.keys() ^ theirs.keys()),
    )


def _differences(pairs: list[Flip]) -> dict[str, Difference]:
    sides = [one.before for one in pairs] + [one.after for one in pairs]
    columns, count = Columns(sides), len(pairs)
    rows = np.arange(count)
    found = {}
    for name, formula in FORMULAS.items():
        first, second = formula(columns, rows), formula(columns, rows + count)
        if np.isnan(first) or np.isnan(second):
            continue
        change = _Change(columns, count, formula)
        low, high = bootstrap(change.drawn, count)
        found[name] = Difference(
            first, second, low, high, permutation_p(change.swapped, count), count
        )
    return found


@dataclass(frozen=True, slots=True)
class _Change:
    """`after - before` of one figure, over some pairs or with some pairs swapped."""

    columns: Columns  # the rows before, then the rows after
    count: int
    formula: Formula

    def drawn(self, rows: NDArray[np.intp]) -> float:
        before = self.formula(self.columns, rows)
        return self.formula(self.columns, rows + self.count) - before

    def swapped(self, mask: NDArray[np.bool_]) -> float:
        rows = np.arange(self.count)
        before = self.formula(self.columns, rows + self.count * mask)
        return self.formula(self.columns, rows + self.count * ~mask) - before
