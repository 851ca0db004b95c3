"""The calls over plain HTTP: `POST /api/NAME`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic_core import from_json

from qa.serving.api.refusals import Gone, Unusable, refusal
from qa.serving.api.runner import Runner

T = TypeVar("T")


def router(runner: Runner) -> APIRouter:
    """The arguments come as a JSON object, the result goes as one; `detail` says what failed."""
    routes = APIRouter()

    @routes.post("/api/{name}")
    async def call(name: str, request: Request) -> JSONResponse:
        body = await request.body()
        try:
            return JSONResponse(await while_there(request, runner.call(name, sent(body))))
        except Exception as error:
            refused = refusal(error)
            return JSONResponse({"detail": refused.line}, refused.status)

    return routes


def sent(body: bytes) -> dict[str, Any]:
    """The JSON object that a request brings. Raises `Unusable`."""
    try:
        said = from_json(body or b"{}")
    except ValueError as error:
        raise Unusable(f"This is not JSON: {error}.") from None
    if not isinstance(said, dict):
        raise Unusable("Send a JSON object with the arguments by their names.")
    return said


async def while_there(request: Request, work: Awaitable[T]) -> T:
    """Do the work and end it when the client hangs up. Raises `Gone`."""

    async def hung_up() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    working, watching = asyncio.ensure_future(work), asyncio.ensure_future(hung_up())
    try:
        await asyncio.wait((working, watching), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Gone("Nobody waits for this any more.")
        return working.result()
    finally:
        watching.cancel()
        working.cancel()
