"""Two runs over the same questions: what is better, what only differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from qa.errors import SettingError
from qa.evaluation.columns import FORMULAS, NAMES, Columns, ratios
from qa.evaluation.gold import numbered
from qa.evaluation.outcome import Outcome
from qa.metrics.resampling import draws, interval, p_value, swaps

Numbers = NDArray[np.float64]


class Run(Protocol):
    """What is compared: a report, or whatever has its outcomes."""

    @property
    def name(self) -> str: ...
    @property
    def outcomes(self) -> Sequence[Outcome]: ...
    @property
    def about(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure in both runs; `low` and `high` bound `after - before` at 95 %."""

    before: float
    after: float
    low: float
    high: float
    p: float  # how often chance alone makes a difference as large

    @property
    def value(self) -> float:
        """after - before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Flip:
    """A question as both runs answered it."""

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
    same_archive: bool  # else the articles differ too


def compare(before: Run, after: Run) -> Comparison:
    """Pair the questions of two runs and measure what changed.

    Raises:
        SettingError: they have no question in common.
    """
    ours, theirs = _by_key(before.outcomes), _by_key(after.outcomes)
    pairs = [Flip(ours[key], theirs[key]) for key in ours if key in theirs]
    if not pairs:
        raise SettingError("The two runs have no question in common: evaluate both on one file.")
    return Comparison(
        names=(before.name, after.name),
        differences=_Paired(pairs).differences(),
        mended=[one for one in pairs if one.after.right and one.before.right is False],
        broken=[one for one in pairs if one.before.right and one.after.right is False],
        questions=len(pairs),
        left_out=len(ours.keys() ^ theirs.keys()),
        same_archive=_archive(before) == _archive(after),
    )


def _by_key(outcomes: Sequence[Outcome]) -> dict[str, Outcome]:
    return dict(zip(numbered([one.gold for one in outcomes]), outcomes, strict=True))


def _archive(run: Run) -> object:
    archive = run.about.get("archive")
    return archive.get("fingerprint") if isinstance(archive, dict) else None


class _Paired:
    """Both runs' columns, row beside row."""

    def __init__(self, pairs: list[Flip]) -> None:
        self._count = len(pairs)
        # The rows before, then the rows after.
        self._both = Columns([one.before for one in pairs] + [one.after for one in pairs])

    def differences(self) -> dict[str, Difference]:
        """Every figure that both runs have."""
        none = np.zeros((1, self._count))
        before, after = self._figures(1 - none, none)[0], self._figures(none, 1 - none)[0]
        drawn = np.concatenate([self._drawn(counts) for counts in draws(self._count)])
        swapped = np.concatenate([self._swapped(coins) for coins in swaps(self._count)])
        return {
            name: Difference(
                float(before[n]),
                float(after[n]),
                *interval(drawn[:, n]),
                p_value(float(after[n] - before[n]), swapped[:, n]),
            )
            for n, name in enumerate(NAMES)
            if not np.isnan(after[n] - before[n])
        }

    def _drawn(self, counts: Numbers) -> Numbers:
        nothing = np.zeros_like(counts)
        return self._figures(nothing, counts) - self._figures(counts, nothing)

    def _swapped(self, coins: Numbers) -> Numbers:
        return self._figures(coins, 1 - coins) - self._figures(1 - coins, coins)

    def _figures(self, before: Numbers, after: Numbers) -> Numbers:
        """Every figure, where each row counts so often before and so often after.

        Both `[resamples, pairs]`; returns `[resamples, figures]`.
        """
        counts = np.concatenate([before, after], axis=1)
        columns = self._both
        found = [ratios(counts @ columns.above, counts @ columns.below)]
        rows = [np.repeat(np.arange(columns.rows), one.astype(int)) for one in counts]
        for formula in FORMULAS.values():
            found.append(np.array([[formula(columns, some)] for some in rows]))
        return np.concatenate(found, axis=1)
