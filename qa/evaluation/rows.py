"""Every question as the page's script takes it: packed, and safe inside a script element."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from qa.evaluation.diagnosis import WHAT_MENDS

if TYPE_CHECKING:
    from qa.evaluation.outcome import Outcome
    from qa.evaluation.report import Report

_MARKS = ("answer_f1", "holds")


def packed(report: Report) -> Markup:
    """The outcomes as JSON. Passages and articles stand once and are named by their place."""
    places: dict[tuple[str, str], int] = {}
    value = {
        "rows": [_row(outcome, places) for outcome in report.outcomes],
        "passages": [list(one) for one in places],
        "titles": titles(report),
        "outlets": report.outlets,
        "mends": WHAT_MENDS,
    }
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # No text can end the element that holds it.
    return Markup(words.replace("<", "\\u003c"))


def titles(report: Report) -> dict[str, str]:
    """Article id to title, as far as anything found or cited says it."""
    found: dict[str, str] = {}
    for outcome in report.outcomes:
        found |= {one.article_id: one.title for one in outcome.found if one.title}
        found |= {one.article_id: one.title for one in outcome.cited if one.title}
    return found


def _row(outcome: Outcome, places: dict[tuple[str, str], int]) -> dict[str, Any]:
    gold = outcome.gold
    row: dict[str, Any] = {
        "question": gold.question,
        "type": gold.kind,
        "right": outcome.right,
        "diagnosis": outcome.diagnosis,
        "error": outcome.error,
        "answered": outcome.answered,
        "short": outcome.short,
        "text": outcome.text,
        "withheld": outcome.withheld,
        "confidence": round(outcome.confidence, 4),
        "answerable": gold.answerable,
        "answers": gold.answers,
        "all": gold.all_wanted,
        "quotes": gold.quotes,
        "articles": outcome.articles,
        "named": gold.articles if len(gold.articles) != len(outcome.articles) else (),
        "history": [[turn.get("role", ""), turn.get("content", "")] for turn in gold.history],
        "filters": _filters(outcome),
        "cited": [[one.article_id, one.quote, one.right, one.verified] for one in outcome.cited],
        "found": [
            [places.setdefault((one.article_id, one.text), len(places)), one.right, one.holds]
            for one in outcome.found
        ],
        "ms": {stage: round(1000 * value, 1) for stage, value in outcome.seconds.items()},
        "marks": {name: outcome.marks[name] for name in _MARKS if name in outcome.marks},
    }
    return {name: value for name, value in row.items() if value not in ("", (), [], {})}


def _filters(outcome: Outcome) -> list[str]:
    gold = outcome.gold
    outlets = (gold.outlet,) if isinstance(gold.outlet, str) else gold.outlet or ()
    named = (
        *(("outlet", name) for name in outlets),
        ("since", gold.since),
        ("until", gold.until),
        *(("within", id_) for id_ in gold.within),
    )
    return [f"{name} {value}" for name, value in named if value]
