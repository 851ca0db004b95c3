"""From the network's raw evidence to a score that compares and a probability that means it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.metrics.logistic import logistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Weights of two logistic regressions (Platt), fitted on the development articles.

    `score` says how well a passage answers; `probability` how likely its short answer is right,
    when it is the best of the ten passages that retrieval gives.
    """

    answerable: float = 0.0
    margin: float = 1.0
    bias: float = 0.0
    right_score: float = 1.0
    right_span: float = 0.0
    right_bias: float = 0.0
    threshold: float = 0.5  # answer at or above this probability

    @classmethod
    def load(cls, path: Path) -> Calibration:
        """The calibration in a JSON file of exactly these fields."""
        return cls(**{name: float(value) for name, value in json.loads(path.read_text()).items()})

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n")

    def score(self, answerable: float, margin: float) -> float:
        """Log-odds that the passage answers, comparable over passages of one question."""
        return self.answerable * answerable + self.margin * margin + self.bias

    def probability(self, score: float, span: float) -> float:
        """That the answer is right; `span`: the span's share among its window's spans."""
        logit = self.right_score * score + self.right_span * span + self.right_bias
        return logistic(logit)
