"""The calls as named endpoints of the page's own server, for `gradio_client`."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import gradio as gr
from gradio.events import api

from qa.serving.api.calls import Json
from qa.serving.api.refusals import refusal
from qa.serving.api.runner import Runner


def offer(page: gr.Blocks, runner: Runner) -> None:
    """Add the calls to the page, under their names."""
    with page:
        for name in runner.calls:
            api(_endpoint(runner, name), api_name=name)


def _endpoint(runner: Runner, name: str) -> Callable[..., Awaitable[Json]]:
    call = runner.calls[name].function
    signature = inspect.signature(call)

    @wraps(call)
    async def endpoint(*given: Any, **named: Any) -> Json:
        try:
            return await runner.call(name, signature.bind(*given, **named).arguments)
        except Exception as error:
            raise gr.Error(refusal(error).line, print_exception=False) from None

    return endpoint
