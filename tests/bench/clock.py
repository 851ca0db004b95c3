"""Measuring one side of the benchmark."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np


def latencies(act: Callable[[str], object], questions: Iterable[str]) -> tuple[float, float]:
    """p50 and p95 in milliseconds, after one call to warm up."""
    listed = list(questions)
    act(listed[0])
    taken = []
    for question in listed:
        started = time.perf_counter()
        act(question)
        taken.append(1000 * (time.perf_counter() - started))
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


def save(scratch: Path, side: str, figures: dict[str, float]) -> None:
    """Write the figures, with this process's peak memory, for the parent to print."""
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (scratch / f"{side}.json").write_text(json.dumps(figures), "utf-8")
