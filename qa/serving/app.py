"""The one app that is served: what it offers, and the guards that stand before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from qa.assistant import Assistant
from qa.chat.page import DRESS
from qa.serving.api import offer
from qa.serving.headers import Headers
from qa.serving.hosts import Hosts
from qa.serving.page import Page

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp


def application(assistant: Assistant, page: gr.Blocks, *, hosts: Iterable[str] = ()) -> ASGIApp:
    """The page behind its guards, the outermost last; its life is that of the server.

    Args:
        assistant: what other programs may ask; the page has its own hold of it.
        hosts: the names, besides this machine's own, under which it may be asked for.
    """
    calls = offer.router(assistant, page)
    served = Page(page)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=served.lifespan)
    # Routers of our own are included here, before the page, which takes whatever is left.
    app.include_router(calls)
    app.mount("/dress", StaticFiles(directory=DRESS))
    app.mount("/", served)
    return Headers(Hosts(app, hosts))
