"""Doing what is called: arguments checked, a few calls at once, none done for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from threading import Event
from typing import Any

from qa.serving.api.calls import Calls, Json
from qa.serving.api.refusals import Busy, UnknownCall


class Runner:
    """Runs calls in threads of its own, for all protocols together."""

    def __init__(self, calls: Calls, *, at_once: int = 4, waiting: int = 60) -> None:
        """Make a runner.

        Args:
            at_once: calls that are worked on together.
            waiting: calls that may wait for that; more are refused.
        """
        self.calls = calls.all()
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="footnote-call")
        self._room = at_once + waiting
        self._closed = Event()

    async def call(self, name: str, arguments: Mapping[str, Any]) -> Json:
        """What the call returns.

        Raises:
            UnknownCall: there is none of that name.
            pydantic.ValidationError: the arguments are not those that it takes.
            Busy: too many calls wait already.
            FootnoteError: whatever the assistant raises.
        """
        async with aclosing(self.growing(name, arguments)) as steps:
            return [step async for step in steps][-1]

    async def growing(self, name: str, arguments: Mapping[str, Any]) -> AsyncGenerator[Json]:
        """The same as it grows; the last is whole. Closing it ends the work."""
        if name not in self.calls:
            raise UnknownCall(f"There is no call {name[:80]!r}: there are {', '.join(self.calls)}.")
        if not self._room:
            raise Busy("Too many are asking at once: ask again in a moment.")
        loop, gone = asyncio.get_running_loop(), Event()
        arrived: asyncio.Queue[Json | None] = asyncio.Queue()

        def run() -> None:
            self._check_wanted(gone)
            with closing(self.calls[name].steps(arguments)) as steps:
                for step in steps:
                    self._check_wanted(gone)
                    loop.call_soon_threadsafe(arrived.put_nowait, step)

        self._room -= 1
        ended = loop.run_in_executor(self._pool, run)
        ended.add_done_callback(lambda _: arrived.put_nowait(None))
        try:
            while (step := await arrived.get()) is not None:
                yield step
            await ended
        finally:
            self._room += 1
            gone.set()
            ended.cancel()

    def _check_wanted(self, gone: Event) -> None:
        if gone.is_set() or self._closed.is_set():
            raise Busy("The server is closing, or nobody waits for this any more.")

    def close(self) -> None:
        """End what is being done, at its next step."""
        self._closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
