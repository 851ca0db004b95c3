"""Whether the server can answer, for whoever keeps it running: `GET /health`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from qa.assistant import Assistant
from qa.serving.api.refusals import refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Health:
    """Stands before the guards: it tells nothing that a stranger may not know."""

    def __init__(self, app: ASGIApp, assistant: Assistant) -> None:
        self._app, self._assistant = app, assistant

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/health":
            await (await self._state())(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _state(self) -> JSONResponse:
        try:
            await asyncio.to_thread(self._assistant.outlets)  # whatever else is being asked
        except Exception as error:
            return JSONResponse({"status": "down"}, refusal(error).status)
        return JSONResponse({"status": "up"})
