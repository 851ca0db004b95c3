"""Figures as the page shows them: in words, as rounded numbers, as places on a scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan

from qa.evaluation.columns import LESS_IS_BETTER
from qa.evaluation.figures import Figure

LABELS = {
    "hit@1": "Right article comes first",
    "hit@5": "Right article in the top 5",
    "hit@10": "Right article in the top 10",
    "mrr@10": "How high the right article stands",
    "ndcg@10": "How well articles are ranked",
    "quote_hit@1": "Proving passage comes first",
    "quote_hit@5": "Proving passage in the top 5",
    "quote_hit@10": "Proving passage in the top 10",
    "quote_mrr@10": "How high the proving passage stands",
    "quote_ndcg@10": "How well proofs are ranked",
    "answer_em": "Short answer, word for word",
    "answer_f1": "Short answer, words shared",
    "short_holds": "Short answer holds the gold",
    "text_em": "Whole answer, word for word",
    "text_f1": "Whole answer, words shared",
    "holds": "Answer holds the gold",
    "citation_precision": "Citations that prove it",
    "citation_recall": "Proofs that are cited",
    "first_citation": "First citation proves it",
    "quotes_verified": "Quotes that stand in the article",
    "sentences_supported": "Sentences written that the articles carry",
    "alce_recall": "Sentences that their footnotes carry",
    "alce_precision": "Footnotes that are needed",
    "conflicts_flagged": "Disagreements that are shown",
    "values_shown": "What each side says is shown",
    "conflicts_false": "Disagreements where there is none",
    "refusal_precision": "Refusals that were due",
    "refusal_recall": "Unanswerable and refused",
    "refusal_f1": "Refusals, due and made",
    "aurc": "Errors, the surest answers first",
    "accuracy@80": "Right among the surest 80 %",
    "ece": "Confidence apart from truth",
    "faithfulness": "Judged true to the quotes",
    "correctness": "Judged correct, from 1 to 5",
    "latency_p50_ms": "Time to an answer, median",
    "latency_p95_ms": "Time to an answer, 95 % within",
    "retrieve_p50_ms": "Finding passages, median",
    "read_p50_ms": "Reading them, median",
    "compose_p50_ms": "All the rest, median",
}
_TOP = {"correctness": 5.0}


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure, and beside it the same figure of the baseline; places run from 0 to 100."""

    name: str
    label: str
    value: str
    unit: str
    interval: str
    n: int
    baseline: str  # "" without a baseline, "–" where it has no such figure
    less_is_better: bool
    at: float
    low: float
    high: float
    baseline_at: float | None


def shown(name: str, figure: Figure, other: Figure | None, *, top: float, compared: bool) -> Shown:
    """A figure in words and on a scale from 0 to `top`."""
    low, high = (figure.value if isnan(end) else end for end in (figure.low, figure.high))
    return Shown(
        name=name,
        label=LABELS.get(name, name),
        value=number(name, figure.value),
        unit="ms" if name.endswith("_ms") else "",
        interval=f"{number(name, figure.low)} – {number(name, figure.high)}",
        n=figure.n,
        baseline="" if not compared else number(name, other.value) if other else "–",
        less_is_better=name in LESS_IS_BETTER,
        at=_place(figure.value, top),
        low=_place(low, top),
        high=_place(high, top),
        baseline_at=_place(other.value, top) if other else None,
    )


def top_of(name: str, figures: Iterable[Figure | None]) -> float:
    """Where the scale of a figure ends: 1 for a share; for times, a little above the longest."""
    if not name.endswith("_ms"):
        return _TOP.get(name, 1.0)
    ends = [end for one in figures if one for end in (one.value, one.high) if not isnan(end)]
    return max(ends, default=0.0) * 1.1 or 1.0


def number(name: str, value: float) -> str:
    """A figure's value, rounded."""
    if isnan(value):
        return "–"
    return f"{value:,.1f}" if name.endswith("_ms") else f"{value:.3f}"


def percent(share: float) -> str:
    """A share of 1 in whole percent."""
    return f"{share:.0%}".replace("%", " %")


def _place(value: float, top: float) -> float:
    return round(100 * min(max(value / top, 0.0), 1.0), 1)
