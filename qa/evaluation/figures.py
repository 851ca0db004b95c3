"""From outcomes to figures, each with its interval, over all questions or a part of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.outcome import Outcome
from qa.metrics.confidence import accuracy_at, aurc, calibration_error
from qa.metrics.resampling import bootstrap

Numbers = NDArray[np.float64]

RETRIEVAL = (
    "hit@1", "hit@5", "hit@10", "mrr@10", "ndcg@10",
    "quote_hit@1", "quote_hit@5", "quote_hit@10", "quote_mrr@10",
)  # fmt: skip
ANSWER = ("answer_em", "answer_f1", "short_holds", "text_em", "text_f1", "holds")
CITATION = ("citation_precision", "citation_recall", "first_citation", "quotes_verified")
JUDGED = ("faithfulness", "correctness")  # only where a language model judged
MEANS = (*RETRIEVAL, *ANSWER, *CITATION, *JUDGED)
STAGES = ("retrieve", "read", "compose")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, its 95 % interval, and how many questions it rests on."""

    value: float
    low: float
    high: float
    n: int


class Columns:
    """Outcomes as columns of numbers, NaN where a question has no such number."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.rows = len(outcomes)
        self.marks = {
            name: np.array([one.marks.get(name, np.nan) for one in outcomes]) for name in MEANS
        }
        self.refused = np.array([not one.answered for one in outcomes], float)
        self.silent = np.array([not one.gold.answerable for one in outcomes], float)
        self.confidence = np.array([one.confidence for one in outcomes])
        self.sure = np.array([np.nan if o.sure is None else float(o.sure) for o in outcomes])
        self.milliseconds = {
            stage: 1000 * np.array([one.seconds.get(stage, np.nan) for one in outcomes])
            for stage in ("total", *STAGES)
        }

    def judged(self, rows: NDArray[np.intp]) -> tuple[Numbers, Numbers]:
        """Confidence and rightness of those rows whose rightness is known."""
        known = rows[~np.isnan(self.sure[rows])]
        return self.confidence[known], self.sure[known]


Formula = Callable[[Columns, NDArray[np.intp]], float]


def mean_of(name: str) -> Formula:
    """The mean of a mark over the questions that have it."""

    def formula(columns: Columns, rows: NDArray[np.intp]) -> float:
        values = columns.marks[name][rows]
        values = values[~np.isnan(values)]
        return float(values.mean()) if len(values) else float("nan")

    return formula


def percentile_of(stage: str, percent: int) -> Formula:
    """A percentile of the milliseconds that a stage took."""

    def formula(columns: Columns, rows: NDArray[np.intp]) -> float:
        values = columns.milliseconds[stage][rows]
        values = values[~np.isnan(values)]
        return float(np.percentile(values, percent)) if len(values) else float("nan")

    return formula


def refusal_precision(columns: Columns, rows: NDArray[np.intp]) -> float:
    """Of the refusals, the share whose question nothing answers."""
    refused, silent = columns.refused[rows], columns.silent[rows]
    return _ratio((refused * silent).sum(), refused.sum())


def refusal_recall(columns: Columns, rows: NDArray[np.intp]) -> float:
    """Of the questions that nothing answers, the share refused."""
    refused, silent = columns.refused[rows], columns.silent[rows]
    return _ratio((refused * silent).sum(), silent.sum())


def refusal_f1(columns: Columns, rows: NDArray[np.intp]) -> float:
    """The harmonic mean of both: 2 tp / (refused + unanswerable)."""
    refused, silent = columns.refused[rows], columns.silent[rows]
    return _ratio(2 * (refused * silent).sum(), refused.sum() + silent.sum())


def _on_confidence(formula: Callable[[Numbers, Numbers], float]) -> Formula:
    def over(columns: Columns, rows: NDArray[np.intp]) -> float:
        confidence, sure = columns.judged(rows)
        return formula(confidence, sure) if len(sure) else float("nan")

    return over


FORMULAS: dict[str, Formula] = {
    **{name: mean_of(name) for name in MEANS},
    "refusal_precision": refusal_precision,
    "refusal_recall": refusal_recall,
    "refusal_f1": refusal_f1,
    "aurc": _on_confidence(aurc),
    "accuracy@80": _on_confidence(lambda sure, right: accuracy_at(0.8, sure, right)),
    "ece": _on_confidence(calibration_error),
    "latency_p50_ms": percentile_of("total", 50),
    "latency_p95_ms": percentile_of("total", 95),
    **{f"{stage}_p50_ms": percentile_of(stage, 50) for stage in STAGES},
}
LESS_IS_BETTER = frozenset({"aurc", "ece", *(n for n in FORMULAS if n.endswith("_ms"))})
REFUSAL = ("refusal_precision", "refusal_recall", "refusal_f1", "aurc", "accuracy@80", "ece")
COST = tuple(name for name in FORMULAS if name.endswith("_ms"))
PARTS = {
    "retrieval": RETRIEVAL,
    "answer": ANSWER,
    "citations": CITATION,
    "refusal": REFUSAL,
    "judged": JUDGED,
    "cost": COST,
}


def figures(outcomes: Sequence[Outcome], *, intervals: bool = True) -> dict[str, Figure]:
    """Every figure that these outcomes have, by name."""
    if not outcomes:
        return {}
    columns = Columns(outcomes)
    found = {}
    for name, formula in FORMULAS.items():
        value = formula(columns, np.arange(columns.rows))
        if np.isnan(value):
            continue
        low = high = float("nan")
        if intervals:
            low, high = bootstrap(lambda rows, f=formula: f(columns, rows), columns.rows)  # type: ignore[misc]
        found[name] = Figure(value, low, high, _counted(columns, name))
    return found


def _counted(columns: Columns, name: str) -> int:
    """How many questions the figure rests on."""
    if name in MEANS:
        return int((~np.isnan(columns.marks[name])).sum())
    if name.endswith("_ms"):
        stage = name.split("_", maxsplit=1)[0].replace("latency", "total")
        return int((~np.isnan(columns.milliseconds[stage])).sum())
    if name.startswith("refusal"):
        return columns.rows
    return int((~np.isnan(columns.sure)).sum())


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
