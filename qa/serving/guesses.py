"""Wrong passwords: whoever gives some has to wait, longer each time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from threading import Lock

_LONGEST = 60.0  # seconds to wait at most, so that nobody can lock another out for good
_FORGOTTEN = 900.0  # seconds after which they no longer count
_KNOWN = 10_000


class Guesses:
    """Counts guesses by key, such as an address; a right one clears them."""

    def __init__(self, free: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Make a count.

        Args:
            free: guesses that cost no waiting.
        """
        self._free, self._clock = free, clock
        self._made: dict[str, tuple[int, float]] = {}  # how many, and when the last
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Seconds until the next guess is heard; counts one where that is now, as if wrong."""
        now = self._clock()
        with self._lock:
            made, last = self._made.pop(key, (0, now))
            if now - last > _FORGOTTEN:
                made = 0
            over = made - self._free
            due = last + min(2.0**over, _LONGEST) if over >= 0 else now
            self._made[key] = (made, last) if due > now else (made + 1, now)
            if len(self._made) > _KNOWN:
                del self._made[next(iter(self._made))]
        return max(due - now, 0.0)

    def clear(self, keys: Iterable[str]) -> None:
        """The guess was right."""
        with self._lock:
            for key in keys:
                self._made.pop(key, None)
