"""A process that reads files for another: `python -m qa.articles.worker SECONDS PER_MB BYTES`.

Jobs come as lines of JSON on standard input. Each is answered by a line for each part, and an empty
line. Whatever a file does to it, it ends by the hand of the system: the time that a file may take
grows with its bytes, and memory has a bound.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import date

from qa.articles.parts import Job, Part
from qa.articles.reading import read_parts

_WALL = 4  # seconds by the clock for each second of work: other programs want the processor too
_EACH = 0.05  # seconds of work for each part, however small


class _Clock:
    """Ends this process, with no handler that could be kept waiting, when a file takes too long."""

    def __init__(self, seconds: float, per_megabyte: float) -> None:
        self._seconds, self._per_megabyte = seconds, per_megabyte

    def start(self) -> None:
        self._set(self._seconds)

    def grant(self, size: int) -> None:
        left = signal.getitimer(signal.ITIMER_PROF)[0]
        self._set(left + _EACH + self._per_megabyte * size / 1e6)

    def stop(self) -> None:
        self._set(0)

    def _set(self, seconds: float) -> None:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, _WALL * seconds)


def _confine(memory: int) -> None:
    """No more memory than that, no file written, no trace of a crash on the disk."""
    limits = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0))
    for kind, most in limits:
        with suppress(ValueError, OSError):  # not every system bounds memory
            resource.setrlimit(kind, (most, most))


def _line(part: Part) -> bytes:
    def plain(value: object) -> str:
        assert isinstance(value, date)
        return value.isoformat()

    return json.dumps(asdict(part), default=plain).encode() + b"\n"


def main(seconds: float, per_megabyte: float, memory: int) -> None:
    """Answer jobs until there are no more."""
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what libraries print is no answer
        _confine(memory)
        clock = _Clock(seconds, per_megabyte)
        for line in sys.stdin.buffer:
            clock.start()
            for part in read_parts(Job(**json.loads(line)), clock.grant):
                answers.write(_line(part))
                answers.flush()  # what was read stays, whatever the next part does
            clock.stop()
            answers.write(b"\n")
            answers.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
