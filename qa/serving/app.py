"""The one app that is served: what it offers, and the guards that stand before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from qa.chat.page import DRESS
from qa.serving.headers import Headers
from qa.serving.hosts import Hosts
from qa.serving.page import Page

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp


def application(page: gr.Blocks, *, hosts: Iterable[str] = ()) -> ASGIApp:
    """The page behind its guards, the outermost last; its life is that of the server.

    Args:
        hosts: the names, besides this machine's own, under which it may be asked for.
    """
    served = Page(page)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=served.lifespan)
    # Routers of our own are included here, before the page, which takes whatever is left.
    app.mount("/dress", StaticFiles(directory=DRESS))
    app.mount("/", served)
    return Headers(Hosts(app, hosts))
