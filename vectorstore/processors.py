"""How many processors this program may use, which is often fewer than the machine has."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path


def processors(root: Path = Path("/")) -> int:
    """Those it may run on, or as many as its control group has the time of; at least one.

    Args:
        root: where `proc` and `sys` lie.
    """
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, math.ceil(min([float(allowed or 1), *_quotas(root)])))


def _quotas(root: Path) -> Iterator[float]:
    """The processors' worth of time in each control group around the program: `docker --cpus`."""
    for line in _read(root / "proc/self/cgroup").splitlines():
        _, controllers, place = line.split(":", 2)
        if not controllers:  # version 2: one tree, where a group may have less than one within
            yield from _each(root / "sys/fs/cgroup", place, _of_version_2)
        elif "cpu" in controllers.split(","):
            yield from _each(root / "sys/fs/cgroup" / controllers, place, _of_version_1)


def _each(top: Path, place: str, quota: Callable[[Path], float]) -> Iterator[float]:
    group = top / place.strip("/")
    for folder in (group, *group.parents):
        with suppress(ValueError, ZeroDivisionError):
            yield quota(folder)
        if folder == top:
            return


def _of_version_2(group: Path) -> float:
    """From "50000 100000"; "max 100000" is no number."""
    quota, period = _read(group / "cpu.max").split()
    return int(quota) / int(period)


def _of_version_1(group: Path) -> float:
    quota = int(_read(group / "cpu.cfs_quota_us"))
    if quota < 0:
        raise ValueError("no limit is set")
    return quota / int(_read(group / "cpu.cfs_period_us"))


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
