"""A Chroma server: whether it answers, whether it is one that we can use, and a client of it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from vectorstore import index as chroma
from vectorstore.errors import IndexUnavailable
from vectorstore.index import IndexFailed

_SPOKEN = "1."  # what the versions begin with that speak as we do
_EACH = 5.0  # seconds that one attempt may take
_STARTING = (502, 503, 504)  # what stands before a server answers while that starts


def connect(url: str, *, wait: float, patience: float) -> Any:
    """A client of a server.

    Args:
        url: its address.
        wait: seconds to try again and again until it answers; at least it is tried once.
        patience: seconds to wait for each later reply.

    Raises:
        IndexUnavailable: none answers, or not as Chroma 1 does.
    """
    version = _version(url, wait)
    if not version.startswith(_SPOKEN):
        raise IndexUnavailable(
            f"The Chroma server at {url} is of version {version[:40]!r}, and Footnote speaks with"
            " 1: run `chroma run` of chromadb 1.5 or newer there."
        )
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        return chroma.server(parts.hostname or "", port, secure=secure, patience=patience)
    except IndexFailed as error:
        raise IndexUnavailable(
            f"The Chroma server at {url} lets nobody in ({error}): check that server."
        ) from error


def _version(url: str, wait: float) -> str:
    """What the server says that it is."""
    reason = ""
    for left in _attempts(wait):
        try:
            with urlopen(f"{url.rstrip('/')}/api/v2/version", timeout=left) as reply:
                said = json.loads(reply.read(1000))
        except HTTPError as error:
            reason = f"status {error.code}"
            if error.code not in _STARTING:
                break
        except (URLError, OSError, HTTPException) as error:
            reason = _reason(error)
        except ValueError:
            reason = "its reply is no JSON"
            break
        else:
            return str(said)
    else:
        raise IndexUnavailable(
            f"No Chroma server answers at {url} within {wait:g} s ({reason}): start it with"
            " `chroma run`, or unset FOOTNOTE_CHROMA_URL to search without one."
        )
    raise IndexUnavailable(
        f"What answers at {url} is no Chroma server of version 1 ({reason}): set"
        " FOOTNOTE_CHROMA_URL to the address of `chroma run`."
    )


def _attempts(wait: float) -> Iterator[float]:
    """The seconds that each attempt may take, with pauses between that grow."""
    end, pause = time.monotonic() + wait, 0.1
    yield _EACH
    while (left := end - time.monotonic() - pause) > 0:
        time.sleep(pause)
        yield min(left, _EACH)
        pause = min(2 * pause, 2.0)


def _reason(error: Exception) -> str:
    cause = getattr(error, "reason", error)
    if isinstance(cause, TimeoutError):
        return "it accepts calls and does not reply"
    return str(getattr(cause, "strerror", None) or cause or type(cause).__name__)
