"""How often somebody may do something."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

_KNOWN = 10_000  # whom it remembers; the longest idle are forgotten first


class Pace:
    """A token bucket a key: so many at once, and so many a second from then on."""

    def __init__(
        self, at_once: int, a_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._at_once, self._a_second, self._clock = at_once, a_second, clock
        self._left: dict[str, tuple[float, float]] = {}  # tokens, and when there were so many
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Take one; the seconds to wait where there is none, else 0."""
        now = self._clock()
        with self._lock:
            had, since = self._left.pop(key, (float(self._at_once), now))
            left = min(float(self._at_once), had + (now - since) * self._a_second)
            short = left < 1
            self._left[key] = (left if short else left - 1, now)  # the latest stand last
            if len(self._left) > _KNOWN:
                del self._left[next(iter(self._left))]
        return (1 - left) / self._a_second if short else 0.0
