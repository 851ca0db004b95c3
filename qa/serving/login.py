"""Signing in: the page for it, and the guard that lets nobody else in."""

from __future__ import annotations

import base64
import binascii
import logging
from html import escape
from importlib.resources import files
from ipaddress import ip_address, ip_network
from math import ceil
from typing import TYPE_CHECKING, Annotated

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from starlette.requests import HTTPConnection
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from qa.chat.visitor import Visitor
from qa.errors import FootnoteError
from qa.serving.guesses import Guesses
from qa.serving.headers import FORM_POLICY
from qa.serving.sessions import IDLE, Sessions
from qa.serving.users import LONGEST, Role, User, Users

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("footnote")
COOKIE = "footnote-session"
_PAGE = files("qa.serving").joinpath("login.html")
_WRONG = "That name and password don't go together."


class Login:
    """Who is signed in, and how one does; without users, everybody is let in."""

    def __init__(self, users: Users | None) -> None:
        self._users = users
        self._sessions = Sessions(users) if users else None
        self._from, self._for = Guesses(free=5), Guesses(free=20)
        self._hashing = anyio.CapacityLimiter(2)  # each takes a processor and 32 MB

    async def visitor(self, request: HTTPConnection) -> Visitor | None:
        """Who asks, if that one may.

        Programs may send name and password with each request: as HTTP's Basic, or, where they can
        send a key only, as the key `name:password`.
        """
        address = _address(request)
        if self._users is None or self._sessions is None:
            return Visitor(address)
        self._users.all()  # where they cannot be read, nobody is let in
        user = self._sessions.user(request.cookies.get(COOKIE, ""))
        given = request.headers.get("authorization", "")
        if user is None and given:
            user = self._sessions.user(given) or await self._known(address, given)
        if user is None:
            return None
        return Visitor(address, user.name, may_change=user.role is Role.EDITOR)

    async def _known(self, address: str, given: str) -> User | None:
        """The user that a header names, who is then known by it."""
        name, _, password = _told(given).partition(":")
        user, _ = await self.sign_in(address, name, password)
        if user and self._sessions:
            self._sessions.begin(user, token=given)
        return user

    async def sign_in(self, address: str, name: str, password: str) -> tuple[User | None, float]:
        """The user, or the seconds until another guess is heard (0: it was heard, and wrong)."""
        assert self._users is not None
        keys = (address, name[:LONGEST])
        wait = self._from.wait(address) or self._for.wait(keys[1])
        if wait:
            return None, wait
        user = await run_sync(self._users.signed_in, name, password, limiter=self._hashing)
        if user:
            self._from.clear(keys)
            self._for.clear(keys)
        return user, 0.0

    def router(self) -> APIRouter:
        """The page to sign in on, and the way out."""
        routes = APIRouter()

        @routes.get("/login")
        def page() -> Response:
            return _page()

        @routes.post("/login")
        async def enter(
            request: Request,
            username: Annotated[str, Form()] = "",
            password: Annotated[str, Form()] = "",
        ) -> Response:
            user, wait = await self.sign_in(_address(request), username, password)
            if wait:
                line = f"Too many wrong passwords: wait {ceil(wait)} seconds."
                return _page(line, username, 429, {"retry-after": str(ceil(wait))})
            if user is None or self._sessions is None:
                return _page(_WRONG, username, 401)
            # A program is told so; a person is led on.
            person = "text/html" in request.headers.get("accept", "")
            entered: Response = RedirectResponse("/", 303) if person else JSONResponse({})
            entered.set_cookie(
                COOKIE,
                self._sessions.begin(user),
                max_age=int(IDLE),
                httponly=True,
                samesite="lax",
                secure=request.url.scheme == "https",
            )
            return entered

        @routes.post("/logout")
        def leave(request: Request) -> Response:
            if self._sessions:
                self._sessions.end(request.cookies.get(COOKIE, ""))
            left = Response(status_code=204)
            left.delete_cookie(COOKIE)
            return left

        return routes


class Door:
    """Lets those in whom `login` knows, and says to the others where to sign in."""

    def __init__(self, app: ASGIApp, login: Login) -> None:
        self._app, self._login = app, login

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        try:
            visitor = await self._login.visitor(request)
        except FootnoteError as error:
            log.error("%s", error)
            line = "Nobody can sign in: the terminal that runs Footnote says why.\n"
            await PlainTextResponse(line, 503)(scope, receive, send)
            return
        path = scope["path"]
        if visitor is None and (path == "/login" or path.startswith("/dress/")):
            visitor = Visitor(_address(request), may_change=False)
        if visitor is not None:
            scope.setdefault("state", {})["visitor"] = visitor
            await self._app(scope, receive, send)
        elif path == "/" and "text/html" in request.headers.get("accept", ""):
            await RedirectResponse("/login", 303)(scope, receive, send)
        else:
            refused = JSONResponse({"detail": "Sign in first."}, 401)
            await refused(scope, receive, send)


def _page(
    wrong: str = "", name: str = "", status: int = 200, headers: dict[str, str] | None = None
) -> HTMLResponse:
    said = f'<p class="fault" role="alert">{escape(wrong)}</p>' if wrong else ""
    html = _PAGE.read_text("utf-8").replace("{wrong}", said).replace("{name}", escape(name[:64]))
    told = {"content-security-policy": FORM_POLICY, "cache-control": "no-store"}
    return HTMLResponse(html, status, told | (headers or {}))


def _told(header: str) -> str:
    """`name:password` of an Authorization header; empty where there is none in it."""
    kind, _, given = header.partition(" ")
    if kind.lower() == "bearer":
        return given
    try:
        return base64.b64decode(given, validate=True).decode() if kind.lower() == "basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _address(request: HTTPConnection) -> str:
    """Where a request comes from; of IPv6 the network, since each house has one of its own."""
    host = request.client.host if request.client else ""
    try:
        six = ip_address(host).version == 6
    except ValueError:
        return host
    return str(ip_network(f"{host.partition('%')[0]}/64", strict=False)) if six else host
