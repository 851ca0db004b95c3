"""Whoever stops listening ends the work, in each protocol; and there is an end to waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import openai
import pytest

from qa import Assistant, Config
from qa.serving.api.calls import Calls
from qa.serving.api.refusals import Busy
from qa.serving.api.runner import Runner
from tests.api.conftest import ASKED, Site, served
from tests.llm_server import Server, llm_server

TRUE = "Sergei Lavrov met Choe Son Hui in Moscow [1]. "


@dataclass
class Slow:
    site: Site
    model: Server

    def ended(self) -> bool:
        """Whether the model is left alone again, long before it would have been done."""
        return self.model.hung_up.wait(20) and self.model.left_after < 30


@pytest.fixture
def slow(seeds_archive: Path, tmp_path: Path) -> Iterator[Slow]:
    """A server whose language model says a sentence and then nothing for a minute."""
    patient = {"llm_first": 60.0, "llm_between": 60.0, "llm_total": 90.0}
    with llm_server(lambda _: [TRUE, TRUE, 60.0, "And so on [1]."]) as model:
        config = Config(llm="scripted", llm_url=model.url, llm_context=4096, **patient)
        with (
            Assistant.open(seeds_archive, config=config, read_only=True) as assistant,
            served(assistant, tmp_path) as site,
        ):
            assistant.ask(ASKED, llm="none")  # loads the reader
            yield Slow(site, model)


def chat(url: str) -> Any:
    client = openai.OpenAI(base_url=f"{url}/v1", api_key="x", max_retries=0)
    asked: Any = [{"role": "user", "content": ASKED}]
    return client.chat.completions.create(model="footnote", messages=asked, stream=True)


def test_leaving_a_chat_in_the_middle_ends_the_writing(slow: Slow) -> None:
    stream = chat(slow.site.url)
    for piece in stream:
        if "Lavrov" in (piece.choices[0].delta.content or ""):
            break
    stream.close()
    assert slow.ended()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {"question": ASKED}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": ASKED}]}),
    ],
)
def test_hanging_up_before_the_answer_ends_the_writing(slow: Slow, path: str, body: Any) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(slow.site.url + path, json=body, timeout=8)
    assert slow.ended()


def test_a_tool_that_nobody_waits_for_ends_too(slow: Slow) -> None:
    mcp = pytest.importorskip("mcp")

    async def speak() -> None:
        async with mcp.Client(f"{slow.site.url}/mcp") as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.call_tool("ask", {"question": ASKED}), 8)

    asyncio.run(speak())
    assert slow.ended()


def test_more_than_can_wait_are_refused_and_a_place_comes_free(seeds: Assistant) -> None:
    free = Event()

    class Waiting(Calls):
        def ask(self, question: str) -> Any:  # type: ignore[override]
            """Wait."""
            while not free.wait(0.02):
                yield {"text": question}
            yield {"text": "done"}

    async def crowd() -> None:
        runner = Runner(Waiting(seeds), at_once=1, waiting=1)
        first, second = (
            asyncio.create_task(runner.call("ask", {"question": "x"})) for _ in range(2)
        )
        await asyncio.sleep(0.1)
        with pytest.raises(Busy):
            await runner.call("ask", {"question": "x"})
        second.cancel()
        await asyncio.sleep(0.1)
        async with aclosing(runner.growing("ask", {"question": "y"})) as third:
            free.set()
            assert (await first)["text"] == "done"
            assert [step["text"] async for step in third][-1] == "done"
        runner.close()

    asyncio.run(crowd())


def test_closing_ends_what_is_being_done(seeds: Assistant) -> None:
    class Endless(Calls):
        def ask(self, question: str) -> Any:  # type: ignore[override]
            """Go on for ever."""
            while True:
                time.sleep(0.01)
                yield {"text": question}

    async def close() -> None:
        runner = Runner(Endless(seeds))
        growing = runner.growing("ask", {"question": "x"})
        await anext(growing)
        runner.close()
        with pytest.raises(Busy):
            async for _ in growing:
                pass

    asyncio.run(close())
