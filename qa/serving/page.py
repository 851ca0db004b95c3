"""Gradio's app, of which only what the page needs is served."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import gradio as gr
from fastapi import FastAPI
from gradio.http_server import Server
from gradio.routes import App
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount

from qa.chat.page import HEAD, look
from qa.serving.headers import page_policy

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

# What the page and Gradio's own client ask for. All else that Gradio offers, such as files, other
# servers' answers and its developer's tools, is not there.
_SERVED = re.compile(
    r"/(assets/.*|static/.*|svelte/.*|config|theme\.css|favicon\.ico|robots\.txt|manifest\.json"
    r"|gradio_api/(info|heartbeat/\w+|queue/(join|data)|cancel|reset|call/.*))?/?"
)


class Page:
    """An ASGI app: the page itself, whose scripts carry a fresh mark, and what it asks for."""

    def __init__(self, page: gr.Blocks) -> None:
        within = FastAPI()
        gr.mount_gradio_app(
            within, page, path="/", show_error=False, ssr_mode=False, run_history=False, **look()
        )
        self._app = within
        mounted = next(route.app for route in within.routes if isinstance(route, Mount))
        # Without these, closing the page would not end what browsers listen to.
        page.app, page.server = cast(App, mounted), cast(Server, None)
        self._page = page

    def close(self) -> None:
        """End what browsers listen to, which by itself never ends."""
        self._page.close(verbose=False)

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        async with self._app.router.lifespan_context(self._app):
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not _SERVED.fullmatch(path):
            await PlainTextResponse("There is nothing here.", 404)(scope, receive, send)
        elif path in ("", "/"):
            await self._front(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _front(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page's HTML. Only scripts that came with it may run: they alone know the nonce."""
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        status, body = 500, b""

        async def collect(message: Message) -> None:
            nonlocal status, body
            status = message.get("status", status)
            body += message.get("body", b"")

        await self._app({**scope, "headers": plain}, receive, collect)
        nonce = secrets.token_urlsafe(16)
        html = body.decode("utf-8").replace("</head>", f"{HEAD}</head>", 1)
        html = html.replace("<script", f'<script nonce="{nonce}"')
        guarded = {"content-security-policy": page_policy(nonce), "cache-control": "no-store"}
        await HTMLResponse(html, status, guarded)(scope, receive, send)
