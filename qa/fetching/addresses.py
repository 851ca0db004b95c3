"""Web addresses as people write them, and as they are asked for."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_SAFE = "%/?#[]@!$&'()*+,;=:~"


class NotFetched(Exception):
    """Nothing came from an address; the message says why, in words for a person."""


def is_address(text: str) -> bool:
    """Whether a text is a web address, and not the name of a file."""
    return text.lower().startswith(("http://", "https://"))


def checked(address: str) -> str:
    """An address as it is asked for: in ASCII, and without the mark of a place in the page.

    Raises:
        NotFetched: It is none of the web, or holds a name or password.
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:  # UnicodeError is one
        raise NotFetched("it is no web address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise NotFetched("only http:// and https:// addresses are fetched")
    if parts.username or parts.password:
        raise NotFetched("it holds a name or password; leave them out")
    place = f"[{host}]" if ":" in host else host
    place += "" if port is None else f":{port}"
    query = f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{place}{quote(parts.path or '/', _SAFE)}{query}"
