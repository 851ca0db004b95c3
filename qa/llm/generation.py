"""One reply as it is written: deadlines hold, and whoever stops listening ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Sequence
from contextlib import aclosing, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from qa.config import Config
from qa.errors import LanguageModelError
from qa.llm.connection import async_client
from qa.llm.explaining import endless, explain, late, silent, stalled
from qa.llm.opening import LONGEST, open_llm

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import ChatMessage, ChatResponse
    from llama_index.llms.openai_like import OpenAILike

_BEAT = 0.2  # seconds: how often whoever listens is asked whether he still does
_FLOOD = 12_000  # characters; who writes on, whatever was agreed, is stopped
_COUNTED = ("prompt_tokens", "completion_tokens")
_GOODBYE = 2.0  # seconds for the connection to close


class Generation:
    """A reply being written by a thread of its own; `usage` is known when it is done.

    The network lives in an event loop, since nothing else can be stopped at any moment: while it
    connects, waits to try again, or listens.
    """

    def __init__(
        self, config: Config, messages: Sequence[ChatMessage], longest: int = LONGEST
    ) -> None:
        """`longest`: tokens that the reply may have."""
        self._config = config
        self._longest = longest
        self.messages = messages
        self._said: SimpleQueue[str | LanguageModelError | None] = SimpleQueue()
        self.usage: dict[str, int] = {}  # tokens as the server counted them, where it does
        self.cut = False  # whether the reply was as long as it may be, so that its end is missing

    def pieces(self) -> Generator[str]:
        """The reply as it comes; "" from time to time while nothing does.

        Closing the iterator closes the connection, and so ends the generation.

        Raises:
            LanguageModelError: no reply, or none that can be used.
        """
        # Here, since importing it is none of the model's time.
        client = async_client(self._config)
        llm = open_llm(self._config, self._longest, client)
        loop = asyncio.new_event_loop()
        writing = loop.create_task(self._write(llm, client))
        thread = Thread(target=_run, args=(loop, writing), name="language-model", daemon=True)
        thread.start()
        try:
            yield from self._heard()
        finally:
            with suppress(RuntimeError):  # it is done, and its loop is closed
                loop.call_soon_threadsafe(writing.cancel)
            thread.join(_GOODBYE)

    def _heard(self) -> Iterator[str]:
        while True:
            try:
                said = self._said.get(timeout=_BEAT)
            except Empty:
                yield ""
                continue
            if isinstance(said, LanguageModelError):
                raise said
            if said is None:
                return
            yield said

    async def _write(self, llm: OpenAILike, client: httpx.AsyncClient) -> None:
        try:
            async with client, asyncio.timeout(self._config.llm_total) as whole:
                await self._listen(llm)
        except Exception as error:
            ran_out = isinstance(error, TimeoutError) and whole.expired()
            self._said.put(endless(self._config) if ran_out else explain(error, self._config))
        else:
            self._said.put(None)

    async def _listen(self, llm: OpenAILike) -> None:
        length, begun = 0, False
        async with aclosing(self._replies(llm)) as replies:
            while (reply := await self._next(replies, begun)) is not None and length < _FLOOD:
                piece = reply.delta or ""
                begun = begun or bool(piece or reply.additional_kwargs.get("thinking_delta"))
                length += len(piece)
                if piece:
                    self._said.put(piece)
                self._note(reply)
        if not length:
            raise silent(self._config)

    async def _next(self, replies: AsyncIterator[ChatResponse], begun: bool) -> ChatResponse | None:
        patience = self._config.llm_between if begun else self._config.llm_first
        try:
            async with asyncio.timeout(patience) as deadline:
                return await anext(replies, None)
        except TimeoutError:
            if not deadline.expired():
                raise
        raise (stalled if begun else late)(self._config)

    async def _replies(self, llm: OpenAILike) -> AsyncGenerator[ChatResponse]:
        replies = await llm.astream_chat(self.messages)
        async with aclosing(replies):
            async for reply in replies:
                yield reply

    def _note(self, reply: ChatResponse) -> None:
        told = reply.additional_kwargs
        counted = {name: told[name] for name in _COUNTED if isinstance(told.get(name), int)}
        self.usage = counted or self.usage
        choices = getattr(reply.raw, "choices", None) or ()
        self.cut = self.cut or any(one.finish_reason == "length" for one in choices)


def _run(loop: asyncio.AbstractEventLoop, writing: asyncio.Task[None]) -> None:
    try:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(writing)
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()
