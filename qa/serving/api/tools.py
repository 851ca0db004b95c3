"""The calls as tools of the Model Context Protocol, over its streamable HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from qa.serving.api.calls import Call
from qa.serving.api.refusals import refusal
from qa.serving.api.runner import Runner

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_ABOUT = (
    "An archive of news articles. `ask` answers questions from them, with the quotes that prove "
    "each sentence; where they are silent, it says so. Cite what it cites."
)


class Tools:
    """An ASGI app. Each request stands alone: there are no sessions that could pile up."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        server: Server[Any] = Server(
            "footnote", instructions=_ABOUT, on_list_tools=self._list, on_call_tool=self._call
        )
        self._manager = StreamableHTTPSessionManager(server, stateless=True)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._manager.handle_request(scope, receive, send)

    async def _list(self, _context: ServerRequestContext[Any], _: object) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[_tool(name, call) for name, call in self._runner.calls.items()]
        )

    async def _call(
        self, _context: ServerRequestContext[Any], asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        try:
            result = await self._runner.call(asked.name, asked.arguments or {})
        except Exception as error:
            line = types.TextContent(text=refusal(error).line)
            return types.CallToolResult(content=[line], is_error=True)
        text = types.TextContent(text=json.dumps(result, ensure_ascii=False))
        return types.CallToolResult(content=[text], structured_content=result)


def _tool(name: str, call: Call) -> types.Tool:
    return types.Tool(
        name=name,
        description=call.about,
        input_schema=call.schema,
        annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )
