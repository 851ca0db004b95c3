"""Addresses become files: a page one, a feed one for each page that it leads to."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from qa.articles.feeds import is_feed
from qa.articles.kinds import BUNDLES, READ
from qa.articles.parts import Job, short_digest
from qa.articles.processes import Readers
from qa.fetching.addresses import NotFetched
from qa.fetching.client import Fetched, fetch
from qa.keeping import keep_latest, slug

_MOST_ENTRIES = 50  # of a feed: a day's, or a week's
_HTML = ".html"
_KINDS = {
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/epub+zip": ".epub",
}


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of an address: a file, or why there is none."""

    address: str
    file: Path | None = None
    earlier: Path | None = None  # where the version of it lies that was there before
    reason: str = ""


def collect(addresses: Iterable[str], folder: Path) -> Iterator[Collected]:
    """Fetch addresses into files of `folder`; what cannot be fetched is told, and ends nothing."""
    for address in addresses:
        try:
            fetched = fetch(address)
            if is_feed(fetched.content):
                yield from _entries(fetched, folder)
            else:
                yield _kept(address, fetched, folder)
        except NotFetched as error:
            yield Collected(address, reason=str(error))


def _entries(feed: Fetched, folder: Path) -> Iterator[Collected]:
    links = [*dict.fromkeys(_links(feed.content))]
    if not links:
        raise NotFetched("the feed has no entries that lead to a page")
    for link in links[:_MOST_ENTRIES]:
        try:
            yield _kept(link, fetch(link), folder)
        except NotFetched as error:
            yield Collected(link, reason=str(error))
    if len(links) > _MOST_ENTRIES:
        left = f"{len(links) - _MOST_ENTRIES} more of its entries are left out"
        yield Collected(feed.address, reason=f"{left}: {_MOST_ENTRIES} are read at once")


def _links(raw: bytes) -> Iterator[str]:
    """Where the entries lead, read as every file is: in a process with limits."""
    with TemporaryDirectory() as away, Readers() as readers:
        file = Path(away) / "feed.rss"
        file.write_bytes(raw)
        for part in readers.read(Job(path=str(file), root=away)).result():
            if part.article and part.article.url:
                yield part.article.url


def _kept(address: str, fetched: Fetched, folder: Path) -> Collected:
    suffix = _suffix(fetched)
    content = _page(fetched) if suffix == _HTML else fetched.content
    parts = urlsplit(fetched.address)
    stem = f"{slug(f'{parts.hostname} {parts.path}')}-{short_digest(address.encode())[:8]}"
    file, earlier = keep_latest(folder, f"{stem}{suffix}", content)
    return Collected(address, file, earlier)


def _suffix(fetched: Fetched) -> str:
    known = _KINDS.get(fetched.kind)
    named = PurePosixPath(urlsplit(fetched.address).path).suffix.lower()
    if known or (named in READ and named not in BUNDLES):
        return known or named
    raise NotFetched(f"it is of the kind {fetched.kind[:60] or 'unknown'}, which is not read")


def _page(fetched: Fetched) -> bytes:
    """The page with its address above, as browsers save it, and in the charset that was told."""
    address = fetched.address.replace(">", "%3E").replace("<", "%3C")
    mark = f"<!-- saved from url=({len(address):04}){address} -->\n".encode()
    with suppress(LookupError, ValueError):  # a charset that nobody knows
        if fetched.charset:
            text = fetched.content.decode(fetched.charset, "replace").lstrip("\ufeff")
            return BOM_UTF8 + mark + text.encode("utf-8", "replace")
    return mark + fetched.content
