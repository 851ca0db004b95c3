"""Measuring one side of the benchmark."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

Asked = TypeVar("Asked")


@dataclass
class Spent:
    """What a piece of work took, in seconds."""

    wall: float = 0.0
    processors: float = 0.0  # of all of them together, those of child processes too


@contextmanager
def spending() -> Iterator[Spent]:
    """Measure what is done inside; children count once they have ended."""
    spent, started, before = Spent(), time.perf_counter(), _processors()
    yield spent
    spent.wall, spent.processors = time.perf_counter() - started, _processors() - before


def latencies(act: Callable[[Asked], object], asked: Iterable[Asked]) -> tuple[float, float]:
    """p50 and p95 in milliseconds, after one call to warm up."""
    listed = list(asked)
    act(listed[0])
    return _percentiles([_taken(act, one) for one in listed])


def at_once(
    act: Callable[[Asked], object], asked: Sequence[Asked], many: int
) -> tuple[float, float]:
    """Calls a second, and their p95 in milliseconds, with so many under way at any time."""
    with ThreadPoolExecutor(many) as threads, spending() as spent:
        taken = list(threads.map(lambda one: _taken(act, one), asked))
    return len(asked) / spent.wall, _percentiles(taken)[1]


def save(scratch: Path, side: str, figures: dict[str, float]) -> None:
    """Add the figures to the side's file, with this process's peak memory."""
    file = scratch / f"{side}.json"
    before = json.loads(file.read_text("utf-8")) if file.exists() else {}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    file.write_text(json.dumps({"memory": peak} | before | figures), "utf-8")


def _taken(act: Callable[[Asked], object], asked: Asked) -> float:
    started = time.perf_counter()
    act(asked)
    return 1000 * (time.perf_counter() - started)


def _percentiles(taken: list[float]) -> tuple[float, float]:
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


def _processors() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)
