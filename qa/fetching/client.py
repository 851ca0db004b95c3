"""One address fetched: redirects followed and checked, within bounds of time and size."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from qa.fetching.addresses import NotFetched, checked
from qa.fetching.guard import PublicOnly, Refused

_SECONDS = 30.0  # for an address, its redirects included
_WAIT = 10.0  # for a connection, and for each word of the reply
_MOST_BYTES = 20_000_000
_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_ASKED = [
    (b"Accept", b"text/html, application/rss+xml, application/atom+xml, application/pdf, */*;q=.5"),
    (b"Accept-Encoding", b"gzip"),
    (b"User-Agent", b"Footnote/0.1 (reads an article that a person asked for)"),
]
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    address: str  # where it was found in the end
    kind: str  # its media type, in small letters; "" if none was told
    charset: str
    content: bytes


def fetch(address: str) -> Fetched:
    """Fetch a web address.

    Raises:
        NotFetched: It may not be reached, does not answer in time, or gives too much.
    """
    deadline = time.monotonic() + _SECONDS
    try:
        with httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=PublicOnly(deadline)
        ) as pool:
            return _followed(pool, address)
    except Refused as error:
        raise NotFetched(str(error)) from None
    except httpcore.TimeoutException:
        raise NotFetched("the server is too slow; try again later") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, zlib.error, OSError) as error:
        what = " ".join(str(error).split())[:120] or type(error).__name__
        raise NotFetched(f"the server cannot be reached ({what})") from None


def _followed(pool: httpcore.ConnectionPool, address: str) -> Fetched:
    for _ in range(_REDIRECTS + 1):
        address = checked(address)
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), _WAIT)
        with pool.stream(
            "GET", address, headers=_asked(address), extensions={"timeout": timeout}
        ) as reply:
            heads = {name.lower(): value.decode("latin-1") for name, value in reply.headers}
            moved = heads.get(b"location")
            if reply.status not in _MOVED or not moved:
                return _fetched(address, reply, heads)
            address = urljoin(address, moved)
    raise NotFetched("it leads from address to address without end")


def _fetched(address: str, reply: httpcore.Response, heads: dict[bytes, str]) -> Fetched:
    if reply.status != 200:
        raise NotFetched(f"the server answers {reply.status}; check the address")
    told = heads.get(b"content-type", "")
    charset = _CHARSET.search(told)
    return Fetched(
        address=address,
        kind=told.partition(";")[0].strip().lower(),
        charset=charset[1] if charset else "",
        content=_content(reply, heads.get(b"content-encoding", "").strip().lower()),
    )


def _asked(address: str) -> list[tuple[bytes, bytes]]:
    return [(b"Host", urlsplit(address).netloc.encode("ascii")), *_ASKED]


def _content(reply: httpcore.Response, packed: str) -> bytes:
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise NotFetched(f"it comes packed as {packed[:20]}, which was not asked for")
    content = bytearray()
    for chunk in _unpacked(reply.iter_stream()) if "gzip" in packed else reply.iter_stream():
        content += chunk
        if len(content) > _MOST_BYTES:
            raise NotFetched(f"it is larger than {_MOST_BYTES // 1_000_000} MB")
    return bytes(content)


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Never more than the limit at once, however little it came in."""
    unpacking = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        yield unpacking.decompress(chunk, _MOST_BYTES + 1)
