"""From the signs of a finding to the chance that it is right: weights that a person can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.metrics.logistic import logistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """A logistic regression over named signs, fitted by `python -m qa.training.confidence`.

    It belongs to a reader, for it says what that reader's evidence is worth; the signs themselves
    are taken where answers are made.
    """

    threshold: float  # answer at or above this chance
    bias: float
    weights: Mapping[str, float]  # a sign that has none counts for nothing

    @classmethod
    def load(cls, path: Path) -> Confidence | None:
        """The confidence in a JSON file of exactly these fields; None where there is no file."""
        return cls(**json.loads(path.read_text("utf-8"))) if path.exists() else None

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    def probability(self, signs: Mapping[str, float]) -> float:
        """The chance that what has these signs is right, 0 to 1."""
        logit = self.bias + sum(w * signs.get(name, 0.0) for name, w in self.weights.items())
        return logistic(logit)
