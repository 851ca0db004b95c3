"""Outcomes as columns of numbers, and the formulas of every figure over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.outcome import Outcome
from qa.metrics.confidence import accuracy_at, aurc, calibration_error

Numbers = NDArray[np.float64]

RETRIEVAL = (
    "hit@1", "hit@5", "hit@10", "mrr@10", "ndcg@10",
    "quote_hit@1", "quote_hit@5", "quote_hit@10", "quote_mrr@10", "quote_ndcg@10",
)  # fmt: skip
ANSWER = ("answer_em", "answer_f1", "short_holds", "text_em", "text_f1", "holds")
CITATION = (
    "citation_precision", "citation_recall", "first_citation", "quotes_verified",
    "sentences_supported", "alce_recall", "alce_precision",
)  # fmt: skip
DISAGREEMENT = ("conflicts_flagged", "values_shown", "conflicts_false")
JUDGED = ("faithfulness", "correctness")  # only where a language model judged
MEANS = (*RETRIEVAL, *ANSWER, *CITATION, *DISAGREEMENT, *JUDGED)
STAGES = ("retrieve", "read", "compose")
# Of the refusals, the share that nothing answers; of what nothing answers, the share refused; and
# the harmonic mean of both, 2 tp / (refused + unanswerable).
REFUSALS = ("refusal_precision", "refusal_recall", "refusal_f1")
RATIOS = (*MEANS, *REFUSALS)


class Columns:
    """Outcomes by column; NaN where a question has no such number."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.rows = len(outcomes)
        self.above, self.below = _ratios(outcomes)
        self.confidence = np.array([one.confidence for one in outcomes])
        self.sure = np.array([np.nan if o.sure is None else float(o.sure) for o in outcomes])
        self.milliseconds = {
            stage: 1000 * np.array([one.seconds.get(stage, np.nan) for one in outcomes])
            for stage in ("total", *STAGES)
        }

    def counted(self, name: str) -> int:
        """How many questions a figure rests on."""
        if name in MEANS:
            return int(self.below[:, RATIOS.index(name)].sum())
        if name in REFUSALS:
            return int((self.below[:, RATIOS.index(name)] > 0).sum())
        if name.endswith("_ms"):
            return int((~np.isnan(self.milliseconds[_stage(name)])).sum())
        return int((~np.isnan(self.sure)).sum())


def ratios(above: Numbers, below: Numbers) -> Numbers:
    """Sums over sums, one for each of `RATIOS`; NaN over nothing."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(below > 0, above / below, np.nan))


def _ratios(outcomes: Sequence[Outcome]) -> tuple[Numbers, Numbers]:
    """What each question adds above and below the line of each of `RATIOS`, `[rows, ratios]`."""
    marks = np.array([[one.marks.get(name, np.nan) for name in MEANS] for one in outcomes])
    refused = np.array([float(not one.answered and not one.error) for one in outcomes])
    silent = np.array([float(not one.gold.answerable) for one in outcomes])
    both = refused * silent
    above = np.column_stack([np.nan_to_num(marks), both, both, 2 * both])
    below = np.column_stack([~np.isnan(marks), refused, silent, refused + silent])
    return above, below


Formula = Callable[[Columns, NDArray[np.intp]], float]


def _percentile(name: str, percent: int) -> Formula:
    def formula(columns: Columns, rows: NDArray[np.intp]) -> float:
        values = columns.milliseconds[_stage(name)][rows]
        values = values[~np.isnan(values)]
        return float(np.percentile(values, percent)) if len(values) else float("nan")

    return formula


def _on_confidence(figure: Callable[[Numbers, Numbers], float]) -> Formula:
    def formula(columns: Columns, rows: NDArray[np.intp]) -> float:
        known = rows[~np.isnan(columns.sure[rows])]
        if not len(known):
            return float("nan")
        return figure(columns.confidence[known], columns.sure[known])

    return formula


def _stage(name: str) -> str:
    return name.partition("_")[0].replace("latency", "total")


# What is no ratio of sums: computed from rows, drawn with repetition for the interval.
FORMULAS: dict[str, Formula] = {
    "aurc": _on_confidence(aurc),
    "accuracy@80": _on_confidence(lambda confidence, sure: accuracy_at(0.8, confidence, sure)),
    "ece": _on_confidence(calibration_error),
    "latency_p50_ms": _percentile("latency", 50),
    "latency_p95_ms": _percentile("latency", 95),
    **{f"{stage}_p50_ms": _percentile(stage, 50) for stage in STAGES},
}
COST = tuple(name for name in FORMULAS if name.endswith("_ms"))
NAMES = (*RATIOS, *FORMULAS)
LESS_IS_BETTER = frozenset({"conflicts_false", "aurc", "ece", *COST})
PARTS = {
    "retrieval": RETRIEVAL,
    "answer": ANSWER,
    "citations": CITATION,
    "refusal": (*REFUSALS, "aurc", "accuracy@80", "ece"),
    "disagreement": DISAGREEMENT,
    "judged": JUDGED,
    "cost": COST,
}
