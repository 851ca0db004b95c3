"""The way to the server: who sees the key, what is tried again, and how long anything may take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Generator, Iterator
from email.utils import parsedate_to_datetime
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx

from qa.config import Config

_ATTEMPTS = 4
_PAUSE = 0.25  # seconds before the second attempt; twice as long before each later one
_WORTH_TRYING_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_CONNECT = 10.0  # seconds
_BRIEFLY = 5.0  # seconds


def sync_client(config: Config) -> httpx.Client:
    """A client that knows the key, tries again, and waits no longer than for a first word."""
    return _Client(config, config.llm_first)


def brief_client(config: Config) -> httpx.Client:
    """One that asks once, for what is no generation."""
    return _Client(config, 0.0)


def brief_patience(config: Config) -> float:
    """The seconds that the brief client waits for a word."""
    return min(_BRIEFLY, config.llm_first)


def async_client(config: Config) -> httpx.AsyncClient:
    """The first one for an event loop. It keeps no connection open, so that any loop may use it."""
    return _AsyncClient(config, config.llm_first)


def _options(config: Config, budget: float) -> dict[str, Any]:
    patience = budget or brief_patience(config)
    return {
        "auth": Key(config.llm_key),
        "timeout": httpx.Timeout(patience, connect=min(_CONNECT, patience)),
        "limits": httpx.Limits(max_keepalive_connections=0),
        "verify": _certificates(),
    }


@cache
def _certificates() -> SSLContext:
    return httpx.create_ssl_context()


class Key(httpx.Auth):
    """Puts the key on a request at the last moment, so that no other object ever holds it."""

    def __init__(self, key: str | None) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._key:
            request.headers["Authorization"] = f"Bearer {self._key}"
        else:
            request.headers.pop("Authorization", None)
        yield request


class _Client(httpx.Client):
    def __init__(self, config: Config, budget: float) -> None:
        self._budget = budget
        super().__init__(**_options(config, budget))

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        pauses = _Pauses(self._budget)
        while True:
            try:
                response = super().send(request, **_here(options))
            except httpx.ConnectError:
                if (pause := pauses.after_refusal()) is None:
                    raise
            else:
                if (pause := pauses.after(response)) is None:
                    return response
                response.close()
            time.sleep(pause)


class _AsyncClient(httpx.AsyncClient):
    def __init__(self, config: Config, budget: float) -> None:
        self._budget = budget
        super().__init__(**_options(config, budget))

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        pauses = _Pauses(self._budget)
        while True:
            try:
                response = await super().send(request, **_here(options))
            except httpx.ConnectError:
                if (pause := pauses.after_refusal()) is None:
                    raise
            else:
                if (pause := pauses.after(response)) is None:
                    return response
                await response.aclose()
            await asyncio.sleep(pause)


def _here(options: dict[str, Any]) -> dict[str, Any]:
    """Where a server sends us elsewhere we do not go: articles and key stay with who was named."""
    return options | {"follow_redirects": False}


class _Pauses:
    """How long to wait before each new attempt, within a budget that all of them share.

    None says that there is to be no other: what came last is the outcome. A reply that has begun
    is never asked for again.
    """

    def __init__(self, budget: float) -> None:
        self._end = time.monotonic() + budget
        self._pauses: Iterator[float] = iter([_PAUSE * 2**n for n in range(_ATTEMPTS - 1)])

    def after_refusal(self) -> float | None:
        return self._within(next(self._pauses, None))

    def after(self, response: httpx.Response) -> float | None:
        if response.status_code not in _WORTH_TRYING_AGAIN:
            return None
        pause = next(self._pauses, None)
        asked = retry_after(response.headers)
        return self._within(pause if pause is None or asked is None else max(asked, pause))

    def _within(self, pause: float | None) -> float | None:
        fits = pause is not None and time.monotonic() + pause < self._end
        return pause if fits else None


def retry_after(headers: httpx.Headers) -> float | None:
    """The seconds that a server asks to wait (RFC 9110, 10.2.3: a number, or a date)."""
    value = headers.get("Retry-After", "").strip()
    if value.replace(".", "", 1).isdecimal():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None
