"""Where users sign in, each client shows its key, and without one is told so in its own way."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import anyio
import httpx
import openai
import pytest
from gradio_client import Client
from gradio_client.exceptions import AuthenticationError

from qa import Assistant
from qa.serving.users import Role, Users
from tests.api.conftest import ASKED, Site, served

KEY = "ben:nine grey herons"
BEARER = {"authorization": f"Bearer {KEY}"}
ASK: Any = {"json": {"question": ASKED}, "timeout": 60}


@pytest.fixture(scope="module")
def house(seeds: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("house")
    users = Users(folder / "users")
    users.add(*KEY.split(":"), Role.READER)
    with served(seeds, folder, users) as house:
        yield house


def test_plain_http_takes_a_key_or_a_name_and_a_password(house: Site) -> None:
    assert httpx.post(f"{house.url}/api/ask", **ASK).status_code == 401
    assert httpx.post(f"{house.url}/api/ask", headers=BEARER, **ASK).json()["answered"]
    basic = {"authorization": f"Basic {base64.b64encode(KEY.encode()).decode()}"}
    assert httpx.post(f"{house.url}/api/ask", headers=basic, **ASK).json()["answered"]


def test_a_chat_program_shows_its_key(house: Site) -> None:
    messages: Any = [{"role": "user", "content": ASKED}]
    for key, opens in ((KEY, True), ("ben:wrong", False)):
        client = openai.OpenAI(base_url=f"{house.url}/v1", api_key=key, max_retries=0)
        if opens:
            reply: Any = client.chat.completions.create(model="footnote", messages=messages)
            assert reply.footnote["answered"]
        else:
            with pytest.raises(openai.AuthenticationError, match="Sign in first"):
                client.chat.completions.create(model="footnote", messages=messages)


def test_gradio_client_shows_its_key(house: Site) -> None:
    client = Client(house.url, headers=BEARER, verbose=False)
    assert client.predict(ASKED, api_name="/ask")["answered"]
    with pytest.raises(AuthenticationError, match="Please login"):
        Client(house.url, verbose=False)


def test_tools_take_a_key(house: Site) -> None:
    mcp = pytest.importorskip("mcp")
    import httpx2
    from mcp.client.streamable_http import streamable_http_client

    async def speak() -> None:
        async with httpx2.AsyncClient(headers=BEARER, timeout=60) as http:
            door = streamable_http_client(f"{house.url}/mcp", http_client=http)
            async with mcp.Client(door) as client:
                found = await client.call_tool("ask", {"question": ASKED})
                assert found.structured_content["answered"]

    anyio.run(speak)
    assert httpx.post(f"{house.url}/mcp", json={}).status_code == 401


def test_health_is_told_to_everybody(house: Site) -> None:
    assert httpx.get(f"{house.url}/health").json() == {"status": "up"}
