"""A file becomes an Article."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.articles.decoding import NotText, decode
from qa.articles.finding import HTML, MARKDOWN, READ, unread_kind
from qa.articles.markdown import read_markdown
from qa.articles.metadata import Details, detail
from qa.articles.plain import read_plain
from qa.articles.webpage import read_webpage
from qa.errors import FootnoteError, UnreadableFile
from vectorstore.records import Article

MAX_BYTES = 20_000_000  # a book of 3,000 pages; more is no article


def read_article(path: str | Path, *, root: str | Path | None = None) -> Article:
    """Read one .txt, .md or .html file.

    Args:
        path: The file.
        root: The folder that article ids are relative to; without it the id is the file's name.
    Raises:
        UnreadableFile: The file holds no article that can be read; the message says why.
    """
    path = Path(path)
    with border(path):
        return _read(path, root)


@contextmanager
def border(path: Path) -> Iterator[None]:
    """Whatever goes wrong with a file in here becomes `UnreadableFile`, and ends nothing else.

    What others wrote, and the libraries that take it apart, fail in more ways than can be named.
    """
    try:
        yield
    except FootnoteError:
        raise
    except RecursionError:
        raise UnreadableFile(path, "it is nested too deeply; save its text as .txt") from None
    except MemoryError:
        raise UnreadableFile(path, "there is not enough memory to read it; split it") from None
    except Exception as error:
        what = f"{type(error).__name__}: {detail(str(error))[:120]}"
        raise UnreadableFile(path, f"it cannot be read ({what}); save its text as .txt") from error


def _read(path: Path, root: str | Path | None) -> Article:
    suffix = path.suffix.lower()
    if suffix not in READ:
        raise UnreadableFile(path, unread_kind(path))
    try:
        content = decode(_load(path), declared=suffix in HTML)
    except NotText:
        raise UnreadableFile(path, "the content is binary data, not text") from None
    details, text = _reader(suffix)(content)
    if not any(character.isalnum() for character in text):
        raise UnreadableFile(path, "no article text was found in it")
    return Article(
        id=_identity(path, root),
        title=detail(details.title) or path.stem,
        outlet=detail(details.outlet),
        published=details.published,
        url=detail(details.url),
        text=text,
        path=str(path),
        byline=detail(details.byline),
        note=detail(details.note),
    )


def _reader(suffix: str) -> Callable[[str], tuple[Details, str]]:
    if suffix in HTML:
        return read_webpage
    return read_markdown if suffix in MARKDOWN else read_plain


def check_file(path: Path) -> None:
    """Raise `UnreadableFile` where opening it would hang, or take a file that is no article."""
    try:
        if not path.is_file():
            there = "it is not a regular file" if path.exists() else "there is no such file"
            raise UnreadableFile(path, there)
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // 1_000_000
            reason = f"{size / 1e6:.0f} MB is more than one article ({limit} MB at most); split it"
            raise UnreadableFile(path, reason)
    except OSError as error:
        raise UnreadableFile(path, f"the file cannot be opened ({error.strerror})") from error


def _load(path: Path) -> bytes:
    check_file(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, f"the file cannot be opened ({error.strerror})") from error
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableFile(path, "the file is empty")
    return raw


def _identity(path: Path, root: str | Path | None) -> str:
    if root is None:
        return path.name
    # Not resolve(): an article reached through a link keeps the name it was reached by.
    return Path(os.path.relpath(path, root)).as_posix()
