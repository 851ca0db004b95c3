"""Who is signed in, and for how long."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from qa.serving.users import User, Users

IDLE = 12 * 3600.0  # seconds after which who did nothing is signed out
_LONGEST = 7 * 86400.0  # and after which everybody is
_MOST = 10_000  # sessions; the longest idle end first


@dataclass(frozen=True, slots=True)
class _Session:
    user: User
    begun: float
    used: float


class Sessions:
    """Sessions by their tokens, of which only digests are kept, in memory alone."""

    def __init__(self, users: Users, clock: Callable[[], float] = time.monotonic) -> None:
        self._users, self._clock = users, clock
        self._open: dict[str, _Session] = {}
        self._lock = Lock()

    def begin(self, user: User, token: str | None = None) -> str:
        """A session's token; one that is given must be as hard to guess as a password."""
        token, now = token or secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._open[_digest(token)] = _Session(user, now, now)
            while len(self._open) > _MOST:
                del self._open[next(iter(self._open))]
        return token

    def user(self, token: str) -> User | None:
        """Who the token stands for, if the session lasts and the user is as then."""
        now, digest = self._clock(), _digest(token)
        with self._lock:
            session = self._open.pop(digest, None)
            if session is None or now - session.used > IDLE or now - session.begun > _LONGEST:
                return None
            if self._users.all().get(session.user.name) != session.user:
                return None  # taken out, or given another password or role
            self._open[digest] = replace(session, used=now)  # the latest stand last
            return session.user

    def end(self, token: str) -> None:
        """Sign out."""
        with self._lock:
            self._open.pop(_digest(token), None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
