"""All that other programs may ask, put together for the app that is served."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from qa.assistant import Assistant
from qa.serving.api import completions, endpoints, http
from qa.serving.api.calls import Calls
from qa.serving.api.runner import Runner

if TYPE_CHECKING:
    import gradio as gr
    from starlette.requests import Request

    from qa.serving.api.tools import Tools

_NO_MCP = "MCP takes a package more on the server: pip install 'footnote-qa[mcp]'.\n"


def router(assistant: Assistant, page: gr.Blocks) -> APIRouter:
    """Every protocol's routes over one assistant; they live as long as the app.

    Args:
        page: is given the endpoints that `gradio_client` calls.
    """
    runner = Runner(Calls(assistant))
    endpoints.offer(page, runner)
    tools = _tools(runner)

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.callback(runner.close)
            if tools:
                await stack.enter_async_context(tools.running())
            yield

    routes = APIRouter(lifespan=lifespan)
    routes.include_router(http.router(runner))
    routes.include_router(completions.router(runner))
    routes.routes.append(Route("/mcp", tools or _without, methods=["GET", "POST", "DELETE"]))
    return routes


def _tools(runner: Runner) -> Tools | None:
    if not find_spec("mcp"):
        return None
    from qa.serving.api.tools import Tools

    return Tools(runner)


async def _without(_request: Request) -> Response:
    return PlainTextResponse(_NO_MCP, 501)
