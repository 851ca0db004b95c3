"""The one app that is served: what it offers, and the guards that stand before it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from qa.articles.kinds import READ, most_bytes
from qa.assistant import Assistant
from qa.chat.archive import Archive
from qa.chat.desk import Desk
from qa.chat.drawer import Drawer
from qa.chat.library import Library
from qa.chat.opinions import Opinions
from qa.chat.page import DRESS, lay_out
from qa.chat.uploads import Uploads
from qa.conversations import Conversations
from qa.evaluation.feedback import Feedback
from qa.serving import uploading
from qa.serving.api import offer
from qa.serving.api.health import Health
from qa.serving.headers import Headers
from qa.serving.hosts import Hosts
from qa.serving.limits import Limits
from qa.serving.login import Door, Login
from qa.serving.page import Page
from qa.serving.users import Users

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Receive, Scope, Send


class Site:
    """An ASGI app over an open assistant: the page, and whatever else is offered over HTTP."""

    def __init__(
        self,
        assistant: Assistant,
        uploads: str | Path,
        *,
        keeping: str | Path,
        users: Users | None = None,
        hosts: Iterable[str] = (),
    ) -> None:
        """Put it together.

        Args:
            uploads: the folder that keeps a copy of what people add.
            keeping: the folder that keeps conversations and what is said of answers.
            users: who may sign in; None lets everybody in, to do everything.
            hosts: the names, besides this machine's own, under which it may be asked for.
        """
        kept = Uploads(Path(uploads), kinds=READ, largest=most_bytes)
        page = _page(assistant, kept, Path(keeping))
        calls = offer.router(assistant, page)
        self._page = Page(page)
        login = Login(users)
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=self._page.lifespan)
        # What is offered besides the page comes here: `request.state.visitor` says who asks.
        app.include_router(uploading.router(kept))
        app.include_router(calls)
        if users:
            app.include_router(login.router())
        app.mount("/dress", StaticFiles(directory=DRESS))
        app.mount("/", self._page)
        self._app = Health(guarded(app, login, hosts), assistant)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def close(self) -> None:
        """Let go of those who listen."""
        self._page.close()


def _page(assistant: Assistant, uploads: Uploads, keeping: Path) -> gr.Blocks:
    """The page, and all who answer its events."""
    keeping.mkdir(parents=True, exist_ok=True)
    drawer = Drawer(Conversations(keeping / "conversations.sqlite"))
    opinions = Opinions(Feedback(keeping / "feedback.jsonl"), drawer, assistant.articles)
    library = Library(assistant, uploads, drawer)
    desk, archive = Desk(assistant, library, drawer), Archive(assistant, library)
    return lay_out(desk, library, archive, drawer, opinions)


def guarded(app: ASGIApp, login: Login, hosts: Iterable[str]) -> ASGIApp:
    """The guards in the order in which a request meets them, read from the end."""
    return Headers(Hosts(Door(Limits(app), login), hosts))
