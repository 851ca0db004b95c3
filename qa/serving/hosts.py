"""Requests that were meant for Footnote: its own name, and its own pages."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Hosts:
    """Refuses what was sent to another name, or by another site's page.

    A name that a stranger owns can be made to lead here (DNS rebinding), and the browser then takes
    the stranger's page for ours; so names have to be known. An address cannot be made to lead
    elsewhere, so any will do.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        self._app = app
        self._names = {"localhost", socket.gethostname().lower(), *map(str.lower, names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refused := self._refused(Headers(scope=scope), scope)):
            await refused(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refused(self, headers: Headers, scope: Scope) -> PlainTextResponse | None:
        hosts = headers.getlist("host")
        name = _host(f"//{hosts[0]}") if len(hosts) == 1 else ""
        if not name or not (name in self._names or _is_address(name)):
            return PlainTextResponse(
                "This is not a name of this server: put it into FOOTNOTE_HOSTS if it should be.\n",
                421,
            )
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != hosts[0].lower()
        if foreign or _from_elsewhere(headers, scope["method"]):
            return PlainTextResponse("Another site's page may not ask for this.\n", 403)
        return None


def _from_elsewhere(headers: Headers, method: str) -> bool:
    """Whether another site's page asks, other than by leading a person here."""
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return False
    return not (method == "GET" and headers.get("sec-fetch-mode") == "navigate")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
