"""A chat as OpenAI's protocol has it, so that any chat program can be the front."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel
from starlette.responses import Response

from qa.answering.understanding.followups import content_text
from qa.serving.api import footnoted
from qa.serving.api.calls import Json
from qa.serving.api.http import sent, while_there
from qa.serving.api.refusals import UnknownCall, Unusable, refusal
from qa.serving.api.runner import Runner

MODEL = "footnote"
_STREAMED = {
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",  # a proxy is not to hold it back
}
_TAKEN_BACK = "\n\n---\n\nWhat stands above is taken back:\n\n"


class Turn(BaseModel):
    """A message; whatever is not text is passed over."""

    role: str
    content: str | list[Any] | None = None

    def said(self) -> str:
        text = content_text(self.content)
        return footnoted.said(text) if self.role == "assistant" else text


class Asked(BaseModel):
    """What a chat program sends; what is for a language model alone is passed over."""

    model: str = MODEL
    messages: list[Turn]
    stream: bool = False
    outlet: str | None = None
    since: str | None = None
    until: str | None = None

    def arguments(self) -> dict[str, Any]:
        """The same as arguments of `ask`. Raises `Unusable`, `UnknownCall`."""
        if self.model != MODEL:
            raise UnknownCall(f"There is no model {self.model[:80]!r}: there is {MODEL!r}.")
        turns = [turn for turn in self.messages if turn.role in ("user", "assistant")]
        if not turns or turns[-1].role != "user":
            raise Unusable("messages: the last one must be the user's question.")
        where = {"outlet": self.outlet, "since": self.since, "until": self.until}
        history = [{"role": turn.role, "content": turn.said()} for turn in turns[:-1]]
        return {"question": turns[-1].said(), "history": history, **where}


def router(runner: Runner) -> APIRouter:
    """`/v1/models` and `/v1/chat/completions`; their field `footnote` is what `ask` returns."""
    routes = APIRouter(prefix="/v1")

    @routes.get("/models")
    async def models() -> JSONResponse:
        only = {"id": MODEL, "object": "model", "created": 0, "owned_by": "footnote"}
        return JSONResponse({"object": "list", "data": [only]})

    @routes.post("/chat/completions")
    async def complete(request: Request) -> Response:
        body = await request.body()
        try:
            asked = Asked.model_validate(sent(body))
            if not asked.stream:
                answer = await while_there(request, runner.call("ask", asked.arguments()))
                return JSONResponse(_completion(answer))
            growing = runner.growing("ask", asked.arguments())
            first = await while_there(request, anext(growing))
            return StreamingResponse(_events(first, growing), headers=_STREAMED)
        except Exception as error:
            status, told = _error(error)
            return JSONResponse(told, status)

    return routes


def _completion(answer: Json) -> Json:
    message = {"role": "assistant", "content": footnoted.text(answer) + footnoted.sources(answer)}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {**_head("chat.completion"), "choices": [choice], "footnote": answer}


async def _events(first: Json, growing: AsyncGenerator[Json]) -> AsyncGenerator[str]:
    """The same in pieces, the sources last. Nothing can be unsaid, so what is, is told of."""
    head, told, answer = _head("chat.completion.chunk"), "", first
    yield _event(_piece(head, role="assistant", content=""))
    try:
        async with aclosing(growing):
            async for answer in _with(first, growing):
                text = footnoted.text(answer)
                if text == told:
                    yield ": still at it\n\n"  # nothing new; is anybody there?
                    continue
                new = text[len(told) :] if text.startswith(told) else _TAKEN_BACK + text
                yield _event(_piece(head, content=new))
                told = text
    except Exception as error:
        yield _event(_error(error)[1])
        return
    if below := footnoted.sources(answer):
        yield _event(_piece(head, content=below))
    yield _event({**_piece(head, "stop"), "footnote": answer})
    yield "data: [DONE]\n\n"


async def _with(first: Json, others: AsyncGenerator[Json]) -> AsyncGenerator[Json]:
    yield first
    async for one in others:
        yield one


def _head(kind: str) -> Json:
    name = f"chatcmpl-{secrets.token_hex(12)}"
    return {"id": name, "object": kind, "created": int(time.time()), "model": MODEL}


def _piece(head: Json, finish_reason: str | None = None, **delta: str) -> Json:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    return {**head, "choices": [choice]}


def _event(value: Json) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _error(error: Exception) -> tuple[int, Json]:
    """An error's status, and how OpenAI's clients want to be told."""
    refused = refusal(error)
    kind = "invalid_request_error" if refused.status < 500 else "server_error"
    code = "model_not_found" if isinstance(error, UnknownCall) else None
    told = {"message": refused.line, "type": kind, "param": None, "code": code}
    return refused.status, {"error": told}
