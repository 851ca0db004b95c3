"""The server: it listens on one address, from a thread of this process."""

from __future__ import annotations

import socket
import time
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from qa.errors import FootnoteError

if TYPE_CHECKING:
    import asyncio

    from qa.serving.app import Site

_PATIENCE = 15.0  # seconds until a connection must have said what it wants
_CONNECTIONS = 500  # at once; a page holds two


class Server:
    """Serves a site until it is closed."""

    def __init__(self, site: Site, *, host: str, port: int) -> None:
        """Listen and serve.

        Args:
            port: 0 takes one that is free.
        Raises:
            FootnoteError: the address cannot be listened on.
        """
        self._socket = _listening(host, port)
        self.url = address(host, self._socket.getsockname()[1])
        self._site = site
        self._server = uvicorn.Server(
            uvicorn.Config(
                site,
                http=_Impatient,
                ws="none",
                log_level="warning",
                server_header=False,
                limit_concurrency=_CONNECTIONS,
                timeout_graceful_shutdown=2,
            )
        )
        self._thread = Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise FootnoteError(f"The chat could not be started on {self.url}.")
            time.sleep(0.01)

    def wait(self) -> None:
        """Return when the server ends, which by itself it does not."""
        while self._thread.is_alive():
            self._thread.join(0.5)  # in steps, so that Ctrl+C is heard

    def close(self) -> None:
        """Let go of the browsers and of the address."""
        self._site.close()
        self._server.should_exit = True
        self._thread.join()


class _Impatient(H11Protocol):
    """Hangs up on whoever connects and then says nothing, or never comes to an end of it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(_PATIENCE, self._give_up, None)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self.loop.call_later(_PATIENCE, self._give_up, self.cycle)

    def _give_up(self, last: object) -> None:
        if self.cycle is last:  # no other request has come since
            self.transport.close()


def check_free(host: str, port: int) -> None:
    """Raise `FootnoteError` where the address cannot be listened on, before long work begins."""
    _listening(host, port).close()


def is_private(host: str) -> bool:
    """Whether only this machine's own programs can reach what listens there."""
    found = socket.getaddrinfo(host, None)
    return all(ip_address(str(where[0]).partition("%")[0]).is_loopback for *_, where in found)


def address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listening(host: str, port: int) -> socket.socket:
    try:
        kind, *_, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(where[:2], family=kind, backlog=2048)
    except OSError as error:
        what = error.strerror or str(error)
        raise FootnoteError(
            f"The chat cannot listen on {host}:{port} ({what}): choose another address with "
            "`footnote serve --host` or `--port`."
        ) from None
