"""Streams that don't go as they should: what was said is taken back, or an error cuts it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from fastapi import FastAPI

from qa import Assistant, Config
from qa.serving.api import completions
from qa.serving.api.calls import Calls
from qa.serving.api.runner import Runner
from tests.api.conftest import ASKED, served
from tests.llm_server import llm_server

TRUE = "Sergei Lavrov met Choe Son Hui in Moscow [1]. "
FALSE = (
    "Ninety dragons landed in Lima [1]. The mayor of Vell sold nine rivers [1]. "
    "Nobody ever saw the owls of Grubenhagen again [1]. Forty bakers fled to Pella [1]."
)
MESSAGES: Any = [{"role": "user", "content": ASKED}]


def test_what_is_taken_back_is_said_to_be(seeds_archive: Path, tmp_path: Path) -> None:
    patient = {"llm_first": 60.0, "llm_between": 60.0, "llm_total": 90.0}
    with llm_server(lambda _: TRUE + FALSE) as model:
        config = Config(llm="scripted", llm_url=model.url, llm_context=4096, **patient)
        with (
            Assistant.open(seeds_archive, config=config, read_only=True) as assistant,
            served(assistant, tmp_path) as site,
        ):
            chat = openai.OpenAI(base_url=f"{site.url}/v1", api_key="x", max_retries=0).chat
            whole: Any = chat.completions.create(model="footnote", messages=MESSAGES)
            pieces = list(chat.completions.create(model="footnote", messages=MESSAGES, stream=True))
    told = "".join(piece.choices[0].delta.content or "" for piece in pieces)
    before, taken_back, instead = told.partition("What stands above is taken back:\n\n")
    assert "met Choe Son Hui" in before
    assert taken_back
    assert instead == whole.choices[0].message.content
    assert any("own sentences" in note for note in whole.footnote["notes"])


def test_an_error_in_the_middle_is_an_error_for_the_client(seeds: Assistant) -> None:
    class Broken(Calls):
        def ask(self, question: str, **_: Any) -> Any:  # type: ignore[override]
            """Break off."""
            yield next(super().ask(question))
            raise RuntimeError("/srv/secret")

    async def listen() -> None:
        runner = Runner(Broken(seeds))
        app = FastAPI()
        app.include_router(completions.router(runner))
        within = httpx.AsyncClient(transport=httpx.ASGITransport(app))
        chat = openai.AsyncOpenAI(base_url="http://within/v1", api_key="x", http_client=within).chat
        stream = await chat.completions.create(model="footnote", messages=MESSAGES, stream=True)
        with pytest.raises(openai.APIError, match="Something went wrong here") as error:
            [piece async for piece in stream]
        assert "/srv" not in str(error.value)
        runner.close()

    asyncio.run(listen())
