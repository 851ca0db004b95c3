"""How good the answers are, measured with gold question-answer pairs."""

from __future__ import annotations

from qa.evaluation.gold import Gold, GoldFile, Problem, load_gold
from qa.evaluation.report import Report
from qa.evaluation.run import evaluate

__all__ = ["Gold", "GoldFile", "Problem", "Report", "evaluate", "load_gold"]
