"""Between chances and log-odds."""

from __future__ import annotations

import math

_FAR = 50.0  # log-odds beyond which a chance is as good as certain


def logistic(log_odds: float) -> float:
    """The chance, 0 to 1, that has these log-odds."""
    return 1 / (1 + math.exp(-max(-_FAR, min(_FAR, log_odds))))


def log_odds(chance: float, least: float = 1e-4) -> float:
    """The log-odds of a chance, which counts as no nearer to 0 or 1 than `least`."""
    safe = min(max(chance, least), 1 - least)
    return math.log(safe / (1 - safe))
