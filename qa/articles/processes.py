"""Files read in processes of their own, so that none can stop, fill or end this one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from threading import Lock, local
from types import TracebackType
from typing import Any

from qa.articles.parts import Job, Part
from vectorstore.records import Article

_MOST_PROCESSES = 4  # embedding is what takes longer, and wants the processors too
_AHEAD = 4  # files read ahead for each process
_TIMES = (signal.SIGPROF, signal.SIGALRM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may take."""

    seconds: float = 10.0  # of work
    per_megabyte: float = 10.0  # more seconds; prose takes 4 on a slow machine
    memory: int = 2_000_000_000  # bytes of address space, the program itself included


class Readers:
    """Reads files in a few processes, each started when it is first needed; close it at the end.

    A process is a program of its own and not a copy of this one: that works from any thread, and
    never runs the script that called us a second time.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        processes = min(_MOST_PROCESSES, _processors())
        self.ahead = _AHEAD * processes
        self._limits = limits or Limits()
        self._threads = ThreadPoolExecutor(processes, "read")
        self._mine = local()
        self._all: list[_Worker] = []
        self._lock = Lock()
        self._closed = False

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.end()

    def read(self, job: Job) -> Future[list[Part]]:
        """Begin to read; the last part says so where the file was too much to read."""
        return self._threads.submit(self._read, job)

    def _read(self, job: Job) -> list[Part]:
        worker: _Worker | None = getattr(self._mine, "worker", None)
        if worker is None or worker.gone:
            worker = self._mine.worker = self._started()
        return worker.read(job)

    def _started(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise CancelledError
            worker = _Worker(self._limits)
            self._all = [one for one in self._all if not one.gone] + [worker]
            return worker


class _Worker:
    """One process, which reads file after file until one is too much for it."""

    def __init__(self, limits: Limits) -> None:
        order = [limits.seconds, limits.per_megabyte, limits.memory]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "qa.articles.worker", *map(str, order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self.gone = False

    def read(self, job: Job) -> list[Part]:
        assert self._process.stdin
        assert self._process.stdout
        parts: list[Part] = []
        try:
            self._process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
            self._process.stdin.flush()
            for line in self._process.stdout:
                if line == b"\n":
                    return parts
                parts.append(_part(json.loads(line)))
        except (OSError, ValueError):  # it ended, or was cut in the middle of a line
            pass
        self.end()
        return [*parts, Part(reason=_why(self._process.returncode))]

    def end(self) -> None:
        self.gone = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


def _environment() -> dict[str, str]:
    """Ours, with the way to our modules, and without our settings: some are secret."""
    ways = [*filter(None, sys.path), str(Path(__file__).parents[2])]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    return kept | {"PYTHONPATH": os.pathsep.join(ways)}


def _part(fields: dict[str, Any]) -> Part:
    if article := fields["article"]:
        day = article["published"]
        article = Article(**{**article, "published": date.fromisoformat(day) if day else None})
    return Part(**{**fields, "article": article})


def _why(code: int) -> str:
    if -code in _TIMES:
        return "reading it takes too long; save its text as .txt"
    return f"reading it ended in a crash (exit code {code}); save its text as .txt"


def _processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
