"""Files and folders into the archive: only what changed, and nothing lost on the way."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.articles.files import border, check_file
from qa.articles.finding import absolute, find_all
from qa.articles.holding import Holding
from qa.articles.kinds import HOLDERS
from qa.articles.parts import Job, Part, digest_of, short_digest
from qa.articles.processes import Readers
from qa.errors import UnreadableFile
from qa.provenance.examining import examine
from qa.records import Article, FileResult, IngestReport, Result, Skipped
from qa.returning import put_back_words
from vectorstore.passage import Passage

if TYPE_CHECKING:
    from vectorstore.store import Store

Progress = Callable[[str, int, int], None]  # stage, done, total
OnFile = Callable[[FileResult], None]

# Raised whenever reading or cutting changes, so that unchanged files are read anew.
READING_VERSION = 4

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
    on_file: OnFile | None = None,
    notes: Mapping[str, str] | None = None,
) -> IngestReport:
    """Put the articles of `paths` into `store`; see `Assistant.ingest`.

    Args:
        notes: what there is to say of files, by absolute path, beside what became of them.
    """
    for path in paths:
        if not path.exists():
            raise UnreadableFile(path, "there is no such file or folder; check the path")
    run = _Run(store, on_file, notes or {})
    found = find_all(paths)
    with Readers() as readers:
        for done, look in enumerate(_read_ahead(run, readers, found)):
            if on_progress:
                on_progress("Reading", done, len(found))
            run.take(look)
    run.flush()
    if prune:
        run.prune([path for path in paths if path.is_dir()])
    examine(store, on_progress)
    if on_progress:
        on_progress("Reading", len(found), len(found))
    return run.report


@dataclass(frozen=True, slots=True)
class _Look:
    """A file, and what is known of it so far: parts that are being read, or why there are none."""

    file: Path
    root: Path
    parts: Future[list[Part]] | None = None  # None: it is as it was
    skipped: Skipped | None = None


def _read_ahead(
    run: _Run, readers: Readers, found: Sequence[tuple[Path, Path | Skipped]]
) -> Iterator[_Look]:
    """Yield the files in turn, while those behind are read."""
    waiting: deque[_Look] = deque()
    for root, file in found:
        waiting.append(run.look(file, root, readers))
        if len(waiting) > readers.ahead:
            yield waiting.popleft()
    yield from waiting


class _Run:
    """One ingestion: what is known, what waits to be stored, what is reported."""

    def __init__(self, store: Store, on_file: OnFile | None, notes: Mapping[str, str]) -> None:
        self.report = IngestReport()
        self._on_file = on_file
        self._notes = notes
        self._store = store
        self._hashes = store.hashes()  # id -> "digest of the file:digest of the text"
        self._paths = store.paths()  # id -> where the file lay
        self._ids = {path: id_ for id_, path in self._paths.items()}
        self._texts = {_text_part(both): id_ for id_, both in self._hashes.items()}
        self._holding = Holding(self._paths.values())
        self._waiting: list[tuple[Article, list[Passage], str]] = []
        self._how = f"{READING_VERSION}:{store.embedding.max_pieces}"
        self._back = put_back_words(store)

    def look(self, file: Path | Skipped, root: Path, readers: Readers) -> _Look:
        """Have a file read, unless it is as it was."""
        if isinstance(file, Skipped):
            return _Look(Path(file.path), root, skipped=file)
        path = str(absolute(file))
        try:
            digest = self._file_digest(file)
        except UnreadableFile as error:
            return _Look(file, root, skipped=Skipped(str(file), error.reason))
        if file.suffix.lower() not in HOLDERS and self._digest(path) == digest:
            return _Look(file, root)
        known = {name: self._digest(place) for name, place in self._holding.places(path).items()}
        how, back = self._how_of(path), self._back_of(path)
        job = Job(path=path, root=str(absolute(root)), how=how, known=known, back=back)
        return _Look(file, root, readers.read(job))

    def take(self, look: _Look) -> None:
        """Queue what was read."""
        if look.skipped:
            self._skip(look.file, look.skipped.reason)
        elif look.parts is None:
            path = str(absolute(look.file))
            self._tell(path, "unchanged", self._ids[path])
        else:
            parts = look.parts.result()
            self._holding.note(str(absolute(look.file)), parts)
            for part in parts:
                self._take(part, look.file / part.name if part.name else look.file, look.root)

    def _take(self, part: Part, file: Path, root: Path) -> None:
        path = str(absolute(file))
        try:
            if part.reason:
                self._skip(file, part.reason)
            elif part.article is None:
                self._tell(path, "unchanged", self._ids[path])
            else:
                text = short_digest(part.article.text.encode())
                id_ = self._ids.get(path) or self._free_id(file, root, text)
                article = replace(part.article, id=id_, path=path)
                self._settle(article, f"{part.digest}:{text}", file)
        except UnreadableFile as error:
            self._skip(file, error.reason)

    def _skip(self, file: Path, reason: str) -> None:
        kept = "; its earlier version is kept" if str(absolute(file)) in self._ids else ""
        self._tell(str(file), "skipped", reason=reason + kept)

    def _tell(self, path: str, result: Result, id_: str = "", reason: str = "") -> None:
        told = FileResult(
            path=_printable(path),
            result=result,
            article_id=id_,
            reason=reason or self._notes.get(path, ""),
        )
        self.report.add(told)
        if self._on_file:
            self._on_file(told)

    def _digest(self, path: str) -> str:
        """The digest that the file at this path had."""
        return self._hashes[self._ids[path]].partition(":")[0] if path in self._ids else ""

    def flush(self) -> None:
        """Store what waits."""
        if self._waiting:
            self._store.put(self._waiting)
            self._waiting = []

    def prune(self, roots: Sequence[Path]) -> None:
        """Remove the articles whose file lay under `roots` and is gone."""
        folders = [absolute(root) for root in roots]
        gone = [
            id_
            for id_, path in self._paths.items()
            if not self._holding.exists(path) and any(f in Path(path).parents for f in folders)
        ]
        self._store.remove(gone)
        for id_ in gone:
            self._tell(self._paths[id_], "removed", id_)

    def _free_id(self, file: Path, root: Path, text: str) -> str:
        """The path below `root`, with folders above it in front where another article has that id.

        An article keeps its id while its file is away: a folder may have moved, a drive may not be
        mounted. It is given up to the same text alone.
        """
        above = absolute(root).parts[1:]
        relative = file.relative_to(root).as_posix()
        for id_ in _longer(relative, above):
            owner = self._paths.get(id_)
            if owner is None:
                return id_
            if not self._holding.exists(owner) and _text_part(self._hashes[id_]) == text:
                return id_
        raise UnreadableFile(file, "another article goes by every name it could have; rename it")

    def _settle(self, article: Article, both: str, file: Path) -> None:
        """Queue the article, unless another file holds the same; then that is reported."""
        twin = self._texts.get(_text_part(both), article.id)
        renamed = twin != article.id and not self._holding.exists(self._paths[twin])
        if twin != article.id and not renamed and self._still_holds(twin):
            if article.id in self._hashes:
                self._remove(article.id)
            self._tell(str(file), "skipped", reason=f"{SAME_ARTICLE} {twin}")
            return
        self._queue(article, both)
        if renamed:
            self._remove(twin)  # once the article is stored by its new name

    def _still_holds(self, id_: str) -> bool:
        """Whether the article's file is as it was: else this run gives it another text."""
        if any(article.id == id_ for article, _, _ in self._waiting):
            return True
        path = self._paths[id_]
        held = self._holding.digest(path)
        try:
            now = self._file_digest(Path(path)) if held is None else held
            return self._hashes[id_].startswith(f"{now}:")
        except UnreadableFile:
            return True  # the earlier version is kept

    def _remove(self, id_: str) -> None:
        self.flush()
        self._store.remove([id_])
        self._tell(self._paths[id_], "removed", id_)
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
        self._tell(article.path, "updated" if known else "added", article.id)
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
        return digest_of(self._how_of(str(absolute(file))), content)

    def _how_of(self, path: str) -> str:
        """How the file there is read: what a person put back is part of it."""
        back = self._back_of(path)
        return f"{self._how}:{short_digest(repr(back).encode())}" if back else self._how

    def _back_of(self, path: str) -> Sequence[str]:
        return self._back.get(self._ids.get(path, ""), ())


def _longer(relative: str, above: Sequence[str]) -> Iterator[str]:
    """`a.txt`, `news/a.txt`, `2024/news/a.txt` …"""
    return ("/".join([*above[len(above) - n :], relative]) for n in range(len(above) + 1))


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()


def _text_part(both: str) -> str:
    return both.partition(":")[2]
