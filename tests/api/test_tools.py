"""The protocol's own client before the tools, in both of its ways of speaking."""

from __future__ import annotations

import json

import anyio
import pytest

from qa.serving.api.calls import Json
from tests.api.conftest import ASKED, Site, is_one_quiet_line

mcp = pytest.importorskip("mcp")


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_answer_as_the_calls_do(site: Site, mode: str) -> None:
    async def speak() -> None:
        async with mcp.Client(f"{site.url}/mcp", mode=mode) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(tools) == {"ask", "search", "articles", "article", "check"}
            assert all(tool.annotations.read_only_hint for tool in tools.values())
            assert tools["ask"].input_schema["required"] == ["question"]
            assert tools["ask"].input_schema["properties"]["since"]["description"]
            found = await client.call_tool("ask", {"question": ASKED})
            assert not found.is_error
            assert found.structured_content == site.direct("ask", question=ASKED)
            assert json.loads(found.content[0].text) == found.structured_content
            checked = {"sentence": "She met him.", "quotes": ["She met him in Vell."]}
            verdict = await client.call_tool("check", checked)
            assert verdict.structured_content == site.direct("check", **checked)

    anyio.run(speak)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {}),
        ("ask", {"question": ["x"]}),
        ("check", {"sentence": "a" * 5000, "quotes": []}),
        ("article", {"article_id": "nowhere"}),
        ("remove", {"article_id": "lavrov-choe-moscow-talks.md"}),
    ],
)
def test_an_error_is_one_line_that_a_model_can_read(site: Site, name: str, arguments: Json) -> None:
    async def speak() -> None:
        async with mcp.Client(f"{site.url}/mcp") as client:
            failed = await client.call_tool(name, arguments)
            assert failed.is_error
            assert is_one_quiet_line(failed.content[0].text)
            assert failed.structured_content is None

    anyio.run(speak)
