"""Files and folders into the archive: only what changed, and nothing lost on the way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.articles import find_files, read_article
from qa.articles.reading import border, check_file
from qa.errors import UnreadableFile
from qa.provenance.examining import examine
from qa.records import Article, IngestReport, Skipped

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

    from vectorstore.store import Store

Progress = Callable[[str, int, int], None]  # stage, done, total

# Raised whenever reading or cutting changes, so that unchanged files are read anew.
READING_VERSION = 3

SAME_ARTICLE = "the same article as"

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
    examine(store, on_progress)
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
        self._ids = {path: id_ for id_, path in self._paths.items()}
        self._texts = {_text_part(both): id_ for id_, both in self._hashes.items()}
        self._waiting: list[tuple[Article, list[TextNode], str]] = []

    def take(self, file: Path, root: Path) -> None:
        """Read one file, unless it is as it was, and queue it."""
        path = str(_absolute(file))
        known = self._ids.get(path)
        try:
            digest = self._file_digest(file)
            if known and self._hashes[known].startswith(f"{digest}:"):
                self.report.unchanged.append(known)
                return
            article = read_article(file, root=root)
            text = _digest(article.text.encode())
            article = replace(article, id=known or self._free_id(file, root, text), path=path)
            self._settle(article, f"{digest}:{text}", file)
        except UnreadableFile as error:
            kept = "; its earlier version is kept" if known else ""
            self.report.skipped.append(Skipped(_printable(file), error.reason + kept))

    def flush(self) -> None:
        """Store what waits."""
        if self._waiting:
            self._store.put(self._waiting)
            self._waiting = []

    def prune(self, roots: Sequence[Path]) -> None:
        """Remove the articles whose file lay under `roots` and is gone."""
        folders = [_absolute(root) for root in roots]
        gone = [
            id_
            for id_, path in self._paths.items()
            if not _exists(path) and any(f in Path(path).parents for f in folders)
        ]
        self._store.remove(gone)
        self.report.removed.extend(gone)

    def _free_id(self, file: Path, root: Path, text: str) -> str:
        """The path below `root`, with folders above it in front where another article has that id.

        An article keeps its id while its file is away: a folder may have moved, a drive may not be
        mounted. It is given up to the same text alone.
        """
        above = _absolute(root).parts[1:]
        relative = file.relative_to(root).as_posix()
        for id_ in _longer(relative, above):
            owner = self._paths.get(id_)
            if owner is None or (not _exists(owner) and _text_part(self._hashes[id_]) == text):
                return id_
        raise UnreadableFile(file, "another article goes by every name it could have; rename it")

    def _settle(self, article: Article, both: str, file: Path) -> None:
        """Queue the article, unless another file holds the same; then that is reported."""
        twin = self._texts.get(_text_part(both), article.id)
        renamed = twin != article.id and not _exists(self._paths[twin])
        if twin != article.id and not renamed and self._still_holds(twin):
            if article.id in self._hashes:
                self._remove(article.id)
            self.report.skipped.append(Skipped(_printable(file), f"{SAME_ARTICLE} {twin}"))
            return
        self._queue(article, both)
        if renamed:
            self._remove(twin)  # once the article is stored by its new name

    def _still_holds(self, id_: str) -> bool:
        """Whether the article's file is as it was: else this run gives it another text."""
        if any(article.id == id_ for article, _, _ in self._waiting):
            return True
        try:
            return self._hashes[id_].startswith(f"{self._file_digest(Path(self._paths[id_]))}:")
        except UnreadableFile:
            return True  # the earlier version is kept

    def _remove(self, id_: str) -> None:
        self.flush()
        self._store.remove([id_])
        self.report.removed.append(id_)
        self._forget_text(id_)
        self._hashes.pop(id_)
        self._ids.pop(self._paths.pop(id_), None)

    def _forget_text(self, id_: str) -> None:
        text = _text_part(self._hashes.get(id_, ""))
        if self._texts.get(text) == id_:
            del self._texts[text]

    def _queue(self, article: Article, both: str) -> None:
        from qa.articles.passages import passages

        embedding = self._store.embedding
        with border(Path(article.path)):
            nodes = passages(article, embedding.piece_counts, max_pieces=embedding.max_pieces)
        known = article.id in self._hashes
        (self.report.updated if known else self.report.added).append(article.id)
        self._waiting.append((article, nodes, both))
        self._forget_text(article.id)
        self._hashes[article.id] = both
        self._paths[article.id] = article.path
        self._ids[article.path] = article.id
        self._texts[_text_part(both)] = article.id
        if sum(len(nodes) for _, nodes, _ in self._waiting) >= _BATCH_PASSAGES:
            self.flush()

    def _file_digest(self, file: Path) -> str:
        """Stands for the file's content and for how it is read and cut."""
        if "\ufffd" in os.fsencode(file).decode("utf-8", "replace"):
            raise UnreadableFile(file, "its name is not valid Unicode; rename it")
        check_file(file)
        try:
            with file.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            reason = f"the file cannot be opened ({error.strerror})"
            raise UnreadableFile(file, reason) from None
        return _digest(f"{READING_VERSION}:{self._store.embedding.max_pieces}:{content}".encode())


def _longer(relative: str, above: Sequence[str]) -> Iterator[str]:
    """`a.txt`, `news/a.txt`, `2024/news/a.txt` …"""
    return ("/".join([*above[len(above) - n :], relative]) for n in range(len(above) + 1))


def _absolute(path: Path) -> Path:
    """Without `..`, but links keep their own names: a deleted link is a file that is gone."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # a folder that may not be looked into: take nothing for gone
        return True


def _printable(file: Path) -> str:
    return str(file).encode("utf-8", "backslashreplace").decode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _text_part(both: str) -> str:
    return both.partition(":")[2]
