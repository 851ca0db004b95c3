"""Connections to public addresses alone, each within the time that is left.

A name is resolved once, and the connection goes to what was checked: no name can mean another
machine a moment later. `127.1`, `0x7f000001` and names that lead inside are what they resolve to.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address

Address = IPv4Address | IPv6Address


class Refused(Exception):
    """The address is not one that may be reached; the message says why."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, also where it wraps another."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner or address.teredo:
            return inner is not None and is_public(inner)
    return address.is_global and not address.is_multicast


class PublicOnly(httpcore.SyncBackend):
    """Connects to public addresses, until a moment.

    Args:
        deadline: on the clock of `time.monotonic`.
    """

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers; all of them must be public."""
        addresses = _addresses(host, port)
        for address in addresses:
            if not is_public(ip_address(address.partition("%")[0])):
                raise Refused(f"{host} is {address}, which is no public address")
        for address in addresses[:-1]:
            try:
                return self._connected(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connected(addresses[-1], port, timeout)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never."""
        raise Refused("it is no address of the web")

    def _connected(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Timed(super().connect_tcp(address, port, left), self._deadline)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(f"there is no host {host}") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends when the time for the whole is up."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return min(left, left if timeout is None else timeout)
