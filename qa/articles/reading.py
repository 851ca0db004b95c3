"""A file becomes an article, or the articles that it holds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from qa.articles.bundles import Member, unpacked
from qa.articles.cuts import Cut, cuts, with_put_back
from qa.articles.decoding import NotText, decode
from qa.articles.files import border, check_filled, load
from qa.articles.finding import unread_kind
from qa.articles.kinds import BUNDLES, DOCUMENTS, HTML, MARKDOWN, READ
from qa.articles.markdown import read_markdown
from qa.articles.metadata import Details, detail
from qa.articles.parts import Job, Part, digest_of
from qa.articles.plain import read_plain
from qa.articles.webpage import read_webpage
from qa.errors import UnreadableFile
from vectorstore.records import Article


def read_article(path: str | Path, *, root: str | Path | None = None) -> Article:
    """Read a file that holds one article, in this process.

    Args:
        path: The file.
        root: The folder that article ids are relative to; without it the id is the file's name.
    Raises:
        UnreadableFile: The file holds no article that can be read; the message says why.
    """
    path = Path(path)
    with border(path):
        if path.suffix.lower() not in READ:
            raise UnreadableFile(path, unread_kind(path))
        if path.suffix.lower() in BUNDLES:
            raise UnreadableFile(path, "it may hold many articles; put it in with `ingest`")
        return _article(path, root, load(path))


def read_parts(job: Job, granted: Callable[[int], None] = lambda size: None) -> Iterator[Part]:
    """Read a file and all that it holds; what goes wrong with one part is the part's reason.

    Args:
        granted: told of the bytes of each part before it is read.
    """
    path = Path(job.path)
    try:
        with border(path):
            raw = load(path)
            granted(len(raw))
            for member in unpacked(path, raw):
                yield _part(job, path, member, granted)
    except UnreadableFile as error:
        yield Part(reason=error.reason)


def _part(job: Job, path: Path, member: Member, granted: Callable[[int], None]) -> Part:
    if member.reason:
        return Part(name=member.name, reason=member.reason)
    file = path / member.name if member.name else path
    digest = digest_of(job.how, hashlib.sha256(member.content).hexdigest())
    if job.known.get(member.name) == digest:
        return Part(name=member.name, digest=digest)
    granted(len(member.content))
    try:
        with border(file):
            check_filled(file, member.content)
            article = _article(file, job.root, member.content)
            found = _cuts(job, file, member, article)
    except UnreadableFile as error:
        return Part(name=member.name, digest=digest, reason=error.reason)
    text = with_put_back(article.text, found, job.back) if job.back else article.text
    told = [(cut.before, cut.words) for cut in found] if job.with_cuts else ()
    return Part(name=member.name, digest=digest, article=replace(article, text=text), cuts=told)


def _cuts(job: Job, file: Path, member: Member, article: Article) -> list[Cut]:
    """What cleaning took from the file's own article, where somebody asks."""
    asked = (job.back or job.with_cuts) and not member.name
    return cuts(file, member.content, article.text) if asked else []


def _article(path: Path, root: str | Path | None, raw: bytes) -> Article:
    details, text = _read(path, raw)
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


def _read(path: Path, raw: bytes) -> tuple[Details, str]:
    suffix = path.suffix.lower()
    if suffix in DOCUMENTS:
        from qa.articles.documents import read_document

        return read_document(path, raw)
    try:
        content = decode(raw, declared=suffix in HTML)
    except NotText:
        raise UnreadableFile(path, "the content is binary data, not text") from None
    if suffix in HTML:
        return read_webpage(content)
    return read_markdown(content) if suffix in MARKDOWN else read_plain(content)


def _identity(path: Path, root: str | Path | None) -> str:
    if root is None:
        return path.name
    # Not resolve(): an article reached through a link keeps the name it was reached by.
    return Path(os.path.relpath(path, root)).as_posix()
