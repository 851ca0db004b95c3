"""How much a request may bring, how long it may take to, and how many may come."""

from __future__ import annotations

import asyncio
import time
from math import ceil
from typing import TYPE_CHECKING

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from qa.chat.pace import Pace
from qa.serving import uploading

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LARGEST = 4_000_000  # bytes that a request brings, unless it is a file
_SILENCE = 20.0  # seconds that whoever sends may pause
_WHOLE, _WHOLE_FILE = 60.0, 600.0  # seconds until all of it must have come
_CLOSE = {"connection": "close"}


class Limits:
    """Lets no visitor fill or hold up the server; the visitor must be known by here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pace = Pace(at_once=300, a_second=5)  # the page asks at every click and key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        if wait := self._pace.wait(scope["state"]["visitor"].key):
            again = {"retry-after": str(ceil(wait))}
            refused = PlainTextResponse("Too much at once: wait a moment.\n", 429, _CLOSE | again)
            await refused(scope, receive, send)
            return
        is_file = scope["path"].startswith(uploading.PATH)
        bounded = _Body(receive, is_file=is_file)
        declared = Headers(scope=scope).get("content-length", "0")
        if not is_file and int(declared) > _LARGEST:
            await PlainTextResponse("That is too large.\n", 413, _CLOSE)(scope, receive, send)
            return
        await self._app(scope, bounded, send)


class _Body:
    """A request's body, read no further than it may go."""

    def __init__(self, receive: Receive, *, is_file: bool) -> None:
        self._receive = receive
        self._left = None if is_file else _LARGEST  # a file is measured by who keeps it
        self._end = time.monotonic() + (_WHOLE_FILE if is_file else _WHOLE)
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:  # what comes now is only that nobody listens any more
            return await self._receive()
        patience = min(_SILENCE, self._end - time.monotonic())
        try:
            message = await asyncio.wait_for(self._receive(), patience)
        except TimeoutError:
            raise HTTPException(408, "The rest did not come in time.", _CLOSE) from None
        self._whole = not message.get("more_body", False)
        if self._left is not None:
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise HTTPException(413, "That is too large.", _CLOSE)
        return message
