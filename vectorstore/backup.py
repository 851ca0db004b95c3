"""A whole archive as one file, made while it is in use, and an archive made of such a file.

The file is a tar.gz: `footnote.json` says what it is, `ledger.sqlite` is the truth, `uploads/` the
files that were put in through the chat; what the chat keeps besides is there under its own names.
The vector index is left out: it is made of the ledger.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import uuid
import zlib
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path, PurePosixPath

from vectorstore.database import Database
from vectorstore.errors import ArchiveDamaged, ArchiveError
from vectorstore.ledger import Ledger

_ABOUT, _LEDGER, _UPLOADS = "footnote.json", "ledger.sqlite", "uploads"
_CONVERSATIONS, _FEEDBACK = "conversations.sqlite", "feedback.jsonl"  # of the chat
_SCRATCH = ".footnote-"
_LEVEL = 1  # of compression: vectors hardly shrink, texts do at once


def back_up(database: Database, file: Path) -> None:
    """Write the archive of `database` to `file`, whole or not at all; others may write meanwhile.

    Raises:
        ArchiveError: the file is there already, or cannot be written.
    """
    folder = database.path.parent
    if file.exists():
        raise ArchiveError(f"{file} exists already: give the backup another name.")
    try:
        with _scratch(file) as scratch:
            ledger, whole = Path(scratch, _LEDGER), Path(scratch, "whole")
            database.copy_to(ledger)
            _pack(whole, ledger, folder)
            whole.rename(file)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(
            f"{file} cannot be written ({getattr(error, 'strerror', None) or error}): free some"
            " room, or choose another place."
        ) from error


def restore(file: Path, folder: Path) -> None:
    """Make the archive `folder` of a backup, whole or not at all.

    Raises:
        ArchiveError: there is something in the folder, or it cannot be written.
        ArchiveDamaged: the file is no backup, or not a whole one.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(
            f"{folder} is not empty: give --archive a new folder, or move that one away."
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=folder.absolute().parent))
    except OSError as error:
        raise ArchiveError(
            f"{folder} cannot be made ({error.strerror}): choose another place."
        ) from error
    try:
        _settle(scratch, folder.absolute(), _unpacked(file, scratch))
        scratch.chmod(0o777 & ~_umask())
        with suppress(FileNotFoundError):
            folder.rmdir()
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _scratch(file: Path) -> tempfile.TemporaryDirectory[str]:
    """On the disk of `file`, so that what is whole only needs its name."""
    return tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=file.absolute().parent)


def _pack(whole: Path, ledger: Path, folder: Path) -> None:
    about = json.dumps({"backup of": str(folder.absolute())}).encode()
    told = tarfile.TarInfo(_ABOUT)
    told.size = len(about)
    with tarfile.open(whole, "w:gz", compresslevel=_LEVEL) as tar:
        tar.addfile(told, BytesIO(about))
        tar.add(ledger, _LEDGER)
        if (folder / _CONVERSATIONS).is_file():
            tar.add(_copied(folder / _CONVERSATIONS, whole.parent), _CONVERSATIONS)
        for name in (_FEEDBACK, _UPLOADS):
            if (folder / name).exists():
                tar.add(folder / name, name)


def _copied(database: Path, scratch: Path) -> Path:
    """A file of SQLite as it stands at one moment, whoever writes to it."""
    copy = scratch / database.name
    with closing(sqlite3.connect(database)) as now, closing(sqlite3.connect(copy)) as then:
        now.backup(then)
    return copy


def _unpacked(file: Path, scratch: Path) -> str:
    """Where the archive lay that was backed up."""
    try:
        with tarfile.open(file) as tar:
            for member in tar:
                _extract(tar, member, scratch)
        about = scratch / _ABOUT
        source: str = json.loads(about.read_text("utf-8"))["backup of"]
        about.unlink()
    except FileNotFoundError as error:
        if not file.exists():
            raise ArchiveError(f"{file} is not there: check the name.") from error
        raise _no_backup(file, "it holds no archive") from error
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise _no_backup(file, str(error)) from error
    except OSError as error:
        raise ArchiveError(
            f"{file} cannot be read, or not be unpacked into {scratch.parent}"
            f" ({error.strerror or error}): check both."
        ) from error
    return source


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, scratch: Path) -> None:
    """One file of an archive; whatever else a tar may hold is passed over."""
    place = PurePosixPath(member.name)
    files = (_ABOUT, _LEDGER, _CONVERSATIONS, _FEEDBACK)
    ours = member.name in files or place.parts[0] == _UPLOADS
    content = tar.extractfile(member) if ours and member.isfile() else None
    if content is None:
        return
    if ".." in place.parts:
        raise ValueError("it names files outside of it")
    target = scratch / place
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as file:
        shutil.copyfileobj(content, file)


def _settle(scratch: Path, folder: Path, source: str) -> None:
    """Make the ledger one of its own: another archive's index and uploads are not its."""
    if not (scratch / _LEDGER).is_file():
        raise _no_backup(scratch / _LEDGER, "it holds no ledger")
    ledger = Ledger(scratch / _LEDGER)
    try:
        with ledger.database.writing() as connection:
            before, now = (f"{Path(place, _UPLOADS)}{os.sep}" for place in (source, folder))
            connection.execute(
                "UPDATE articles SET path = ? || substr(path, ?) WHERE substr(path, 1, ?) = ?",
                (now, len(before) + 1, len(before), before),
            )
        ledger.note(archive=uuid.uuid4().hex, index_place="", index_whole="")
    finally:
        ledger.close()


def _no_backup(file: Path, why: str) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{file} is no whole backup of an archive ({why}): take another that `footnote backup`"
        " made."
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
