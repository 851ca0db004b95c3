"""What files hold: bundles and mailboxes their files, mails what is attached, feeds entries.

Nothing is written to the disk. A bundle is asked how large its files are before one is unpacked,
and no file is given more than it said.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath, PurePosixPath

from qa.articles.files import border, check_packed, check_size
from qa.articles.finding import is_beside, unread_kind
from qa.articles.kinds import BUNDLE, BUNDLES, FEEDS, HOLDERS, MAIL, MAILBOX, READ
from qa.errors import UnreadableFile

_MOST = 10_000  # files in one file
_LARGEST = 500_000_000  # bytes of them all
_DEEPEST = 3  # mails with bundles in a mailbox in a bundle
_LONGEST = 200  # characters of a name
_ENCRYPTED = 1
_UNNAMEABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff:]")
_MAIL_BEGINS = re.compile(rb"(?:\A|\n\r?\n)From [^\n]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in a file, or the file itself, whose name is then empty."""

    name: str
    content: bytes = b""
    reason: str = ""  # why it is left out


class _Quota:
    """What all that one file holds may come to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files = self._bytes = 0

    def take(self, files: int, size: int) -> None:
        self._files += files
        self._bytes += size
        if self._files > _MOST:
            raise UnreadableFile(self.path, f"it holds more than {_MOST:,} files; split it")
        if self._bytes > _LARGEST:
            most = f"{_LARGEST // 1_000_000} MB"
            raise UnreadableFile(self.path, f"it holds more than {most} of files; split it")


def unpacked(path: Path, raw: bytes) -> Iterator[Member]:
    """The file itself, if it may be an article, then what it holds, each name once.

    Raises:
        UnreadableFile: It holds too much.
    """
    names: set[str] = set()
    for member in _unpacked(path, raw, _Quota(path), 0):
        if member.name in names:
            yield Member(name=member.name, reason="another file in it has the same name")
        else:
            yield member
        names.add(member.name)


def _unpacked(path: PurePath, raw: bytes, quota: _Quota, depth: int) -> Iterator[Member]:
    suffix = path.suffix.lower()
    if suffix not in BUNDLES:
        yield Member(name="", content=raw)
    for member in _members(suffix, raw, quota):
        inner = PurePosixPath(member.name)
        if member.reason or inner.suffix.lower() not in HOLDERS:
            yield member
        elif depth == _DEEPEST:
            yield Member(name=member.name, reason="it lies in too many files within one another")
        else:
            for part in _unpacked(inner, member.content, quota, depth + 1):
                name = f"{inner}/{part.name}" if part.name else str(inner)
                yield Member(name=name, content=part.content, reason=part.reason)


def _members(suffix: str, raw: bytes, quota: _Quota) -> Iterator[Member]:
    if suffix == BUNDLE:
        return _of_bundle(raw, quota)
    if suffix == MAILBOX:
        return _of_mailbox(raw, quota)
    if suffix in FEEDS:
        return _of_feed(raw, quota)
    return _of_mail(raw, quota) if suffix == MAIL else iter(())


def _of_bundle(raw: bytes, quota: _Quota) -> Iterator[Member]:
    with zipfile.ZipFile(BytesIO(raw)) as bundle:
        found = [info for info in bundle.infolist() if not info.is_dir()]
        size = sum(info.file_size for info in found)
        quota.take(len(found), size)
        check_packed(quota.path, len(raw), size)
        for info in found:
            inner = _inside(info.filename)
            if not (_hidden(inner) or is_beside(inner)):
                yield _member(bundle, info, inner)


def _member(bundle: zipfile.ZipFile, info: zipfile.ZipInfo, inner: PurePosixPath) -> Member:
    name = str(inner)
    if inner.suffix.lower() not in READ:
        return Member(name=name, reason=unread_kind(inner))
    if info.flag_bits & _ENCRYPTED:
        return Member(name=name, reason="it is encrypted; unpack it and put its files in")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(name=name, reason="a link to another file")
    try:
        with border(Path(name)):
            check_size(Path(name), info.file_size)
            return Member(name=name, content=bundle.read(info))
    except UnreadableFile as error:
        return Member(name=name, reason=error.reason)


def _of_mailbox(raw: bytes, quota: _Quota) -> Iterator[Member]:
    from qa.articles.mail import mail_name

    begins = [match.end() for match in _MAIL_BEGINS.finditer(raw)]
    ends = [match.start() for match in _MAIL_BEGINS.finditer(raw)][1:]
    quota.take(len(begins), len(raw))
    for begin, end in zip(begins, [*ends, len(raw)], strict=False):
        mail = raw[begin:end]
        yield Member(name=mail_name(mail), content=mail)


def _of_mail(raw: bytes, quota: _Quota) -> Iterator[Member]:
    from qa.articles.mail import attachments

    for filename, content in attachments(raw):
        inner = _inside(filename)
        if inner.suffix.lower() in READ:  # others are pictures, signatures, calendars
            quota.take(1, len(content))
            yield Member(name=str(inner), content=content)


def _of_feed(raw: bytes, quota: _Quota) -> Iterator[Member]:
    from qa.articles.feeds import entries, is_feed

    if not is_feed(raw):
        raise UnreadableFile(quota.path, "it is no feed")
    for name, page in entries(raw):
        quota.take(1, len(page))
        yield Member(name=name, content=page)


def _inside(name: str) -> PurePosixPath:
    """A name that leads nowhere else, whatever it was: no root, no way up, no drive."""
    clean = _UNNAMEABLE.sub("", name.replace("\\", "/"))
    parts = [part[-_LONGEST:].strip() for part in clean.split("/")]
    return PurePosixPath(*[part for part in parts if part not in ("", ".", "..")] or ["unnamed"])


def _hidden(inner: PurePosixPath) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in inner.parts)
