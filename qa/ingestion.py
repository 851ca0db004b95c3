"""Files and folders into the archive: only what changed, and nothing lost on the way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.articles import find_files, read_article
from qa.errors import UnreadableFile
from qa.records import Article, IngestReport, Skipped

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

    from vectorstore.store import Store

Progress = Callable[[str, int, int], None]  # stage, done, total

# Raised whenever reading or cutting changes, so that unchanged files are read anew.
READING_VERSION = 1

# Committed together: often enough that a cut loses seconds of work, seldom enough that commits and
# small embedding batches do not slow the whole.
_BATCH_PASSAGES = 256


def ingest(
    store: Store,
    paths: Sequence[Path],
    *,
    prune: bool = False,
    on_progress: Progress | None = None,
) -> IngestReport:
    """Put the articles of `paths` into `store`; see `Assistant.ingest`."""
    for path in paths:
        if not path.exists():
            raise UnreadableFile(path, "there is no such file or folder; check the path")
    run = _Run(store)
    found = [(root, file) for path in paths for root, file in _files(path)]
    for done, (root, file) in enumerate(found):
        if on_progress:
            on_progress("Reading", done, len(found))
        if isinstance(file, Skipped):
            run.report.skipped.append(file)
        else:
            run.take(file, root)
    run.flush()
    if prune:
        run.prune([path for path in paths if path.is_dir()])
    if on_progress:
        on_progress("Reading", len(found), len(found))
    return run.report


def _files(path: Path) -> Iterator[tuple[Path, Path | Skipped]]:
    root = path if path.is_dir() else path.parent
    return ((root, file) for file in find_files(path))


class _Run:
    """One ingestion: what is known, what waits to be stored, what is reported."""

    def __init__(self, store: Store) -> None:
        self.report = IngestReport()
        self._store = store
        self._hashes = store.hashes()  # id -> "digest of the file:digest of the text"
        self._paths = store.paths()  # id -> where the file lay
        self._texts = {_text_part(both): id_ for id_, both in self._hashes.items()}
        self._waiting: list[tuple[Article, list[TextNode], str]] = []

    def take(self, file: Path, root: Path) -> None:
        """Read one file, unless it is as it was, and queue it."""
        try:
            digest = _file_digest(file, self._store.embedding.max_pieces)
            id_ = self._identity(file, root)
            if self._is_unchanged(id_, digest, file):
                self.report.unchanged.append(id_)
                return
            article = replace(read_article(file, root=root), id=id_, path=str(file.resolve()))
        except UnreadableFile as error:
            self.report.skipped.append(Skipped(_printable(file), error.reason))
            return
        text = _digest(article.text.encode())
        twin = self._texts.get(text)
        if twin is not None and twin != id_:
            if Path(self._paths[twin]).exists():
                self._skip_twin(file, id_, twin)
                return
            self._store.remove([twin])  # the file was renamed: the article goes by its new name
            self._forget(twin)
            self.report.removed.append(twin)
        self._queue(article, f"{digest}:{text}")

    def flush(self) -> None:
        """Store what waits."""
        if self._waiting:
            self._store.put(self._waiting)
            self._waiting = []

    def prune(self, roots: Sequence[Path]) -> None:
        """Remove the articles whose file lay under `roots` and is gone."""
        folders = [root.resolve() for root in roots]
        gone = [
            id_
            for id_, path in self._paths.items()
            if not Path(path).exists() and any(f in Path(path).parents for f in folders)
        ]
        self._store.remove(gone)
        self.report.removed.extend(gone)

    def _identity(self, file: Path, root: Path) -> str:
        """The path below `root`; with the folder's name in front where another file has that id."""
        relative = file.relative_to(root).as_posix()
        owner = self._paths.get(relative)
        if owner is None or Path(owner) == file.resolve() or not Path(owner).exists():
            return relative
        return f"{root.resolve().name}/{relative}"

    def _is_unchanged(self, id_: str, digest: str, file: Path) -> bool:
        return (
            self._hashes.get(id_, "").startswith(f"{digest}:")
            and Path(self._paths[id_]) == file.resolve()
        )

    def _skip_twin(self, file: Path, id_: str, twin: str) -> None:
        if id_ in self._hashes:
            self._store.remove([id_])
            self._forget(id_)
            self.report.removed.append(id_)
        self.report.skipped.append(Skipped(str(file), f"the same article as {twin}"))

    def _forget(self, id_: str) -> None:
        self._texts.pop(_text_part(self._hashes.pop(id_, "")), None)
        self._paths.pop(id_, None)

    def _queue(self, article: Article, both: str) -> None:
        from qa.articles.passages import passages

        embedding = self._store.embedding
        nodes = passages(article, embedding.piece_counts, max_pieces=embedding.max_pieces)
        known = article.id in self._hashes
        (self.report.updated if known else self.report.added).append(article.id)
        self._waiting.append((article, nodes, both))
        self._hashes[article.id] = both
        self._paths[article.id] = article.path
        self._texts[_text_part(both)] = article.id
        if sum(len(nodes) for _, nodes, _ in self._waiting) >= _BATCH_PASSAGES:
            self.flush()


def _file_digest(file: Path, max_pieces: int) -> str:
    """Stands for the file's content and for how it is read and cut."""
    if "\ufffd" in os.fsencode(file).decode("utf-8", "replace"):
        raise UnreadableFile(file, "its name is not valid Unicode; rename it")
    try:
        with file.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        reason = f"the file cannot be opened ({error.strerror})"
        raise UnreadableFile(file, reason) from None
    return _digest(f"{READING_VERSION}:{max_pieces}:{content}".encode())


def _printable(file: Path) -> str:
    return str(file).encode("utf-8", "backslashreplace").decode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _text_part(both: str) -> str:
    return both.partition(":")[2]
