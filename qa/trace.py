"""What one question cost and found on its way, for whoever measures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from qa.records import Hit, Verdict


@dataclass(slots=True)
class Trace:
    """Filled while a question is answered in this thread."""

    seconds: dict[str, float] = field(default_factory=dict)  # by stage: "retrieve", "read"
    asked: str = ""  # what was looked for: a follow-up with its subject put in
    ranked: tuple[Hit, ...] = ()  # what was found, in the order that answering trusted
    tokens: dict[str, int] = field(default_factory=dict)  # what a language model read and wrote
    drafted: tuple[Verdict, ...] = ()  # on each sentence that it wrote, shown or not
    short: str = ""  # the likeliest short answer, also where it was too weak to give


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def tracing() -> Iterator[Trace]:
    """Whatever is asked inside writes into the trace that this yields."""
    trace = Trace()
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Adds the time spent inside to the trace's stage, if anybody measures."""
    started = time.perf_counter()
    try:
        yield
    finally:
        if trace := _current.get():
            trace.seconds[name] = trace.seconds.get(name, 0.0) + time.perf_counter() - started


def note(
    *,
    asked: str | None = None,
    ranked: Callable[[], Iterable[Hit]] | None = None,
    short: str | None = None,
    tokens: Mapping[str, int] | None = None,
    drafted: Iterable[Verdict] = (),
) -> None:
    """Write down what was looked for, found or considered, if anybody measures."""
    if trace := _current.get():
        trace.asked = trace.asked if asked is None else asked
        trace.ranked = trace.ranked if ranked is None else tuple(ranked())
        trace.short = trace.short if short is None else short
        trace.drafted += tuple(drafted)
        for name, number in (tokens or {}).items():
            trace.tokens[name] = trace.tokens.get(name, 0) + number
