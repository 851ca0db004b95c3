"""A property that is made once, however many threads ask for it first."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, RLock
from typing import Any, Generic, TypeVar

_Made = TypeVar("_Made")
_guard = Lock()


class once(Generic[_Made]):
    """Like `functools.cached_property`, with a lock for each object.

    That one lets every thread that comes first make its own since Python 3.12, and before had all
    objects of a class wait for each other. What raises is made again at the next asking.
    """

    def __init__(self, make: Callable[[Any], _Made]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, owner: Any, _kind: type) -> _Made:
        held: dict[str, Any] = owner.__dict__  # found there first from the second asking on
        with _guard:
            lock = held.setdefault(f"{self._name} being made", RLock())
        with lock:
            if self._name not in held:
                held[self._name] = self._make(owner)
            made: _Made = held[self._name]
            return made
