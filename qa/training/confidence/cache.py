"""Each collection as an archive, what its retrieval finds and what a reader makes of it, kept.

Retrieval is kept for every reader, readings for each by itself; whoever is cut off goes on.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.metrics.answers import holds
from qa.reader.model import FOLDER
from qa.reader.protocol import Reader, Reading, Span
from qa.retrieval.ranked import Ranked
from qa.retrieval.retriever import HybridRetriever
from qa.training.confidence.askings import NO_ARTICLE, NO_PASSAGE, Asking, draw
from qa.training.confidence.collections import Collection, Question
from vectorstore.records import Filter

if TYPE_CHECKING:
    from vectorstore.store import Store

Progress = Callable[[str, int, int], None]

DEPTH, CANDIDATES = 10, 50  # as `Config` has them
_FOUND = "found.jsonl"


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval gave for an asking: passage ids and fused scores, best first."""

    asking: Asking
    passages: tuple[tuple[str, float], ...]


@contextmanager
def archive(collection: Collection, work: Path, on_progress: Progress) -> Iterator[Store]:
    """The collection's archive, made where it is missing."""
    from qa.ingestion import ingest
    from vectorstore.store import Store

    folder = collection.folder or work / collection.name / "articles"
    if collection.folder is None and not folder.exists():
        folder.mkdir(parents=True)
        for one in collection.documents:
            front = f"---\ntitle: {json.dumps(one.title)}\n---\n\n" if one.title else ""
            (folder / one.name).write_text(f"{front}{one.text}\n", "utf-8")
    with Store.open(work / collection.name / "archive") as store:
        stage = f"{collection.name}: articles"
        ingest(store, [folder], on_progress=lambda _, n, of: on_progress(stage, n, of))
        yield store


def found(
    collection: Collection, store: Store, work: Path, size: int, seed: int, on_progress: Progress
) -> list[Found]:
    """Draw what is asked and retrieve for it; from the disk what was retrieved before."""
    texts = {one.id: one.text for one in store.articles()}
    askings = draw(collection, texts, size, seed)
    kept = _Kept(work / collection.name / f"{size}-{seed}-{_FOUND}")
    for number, asking in enumerate(askings):
        if number >= len(kept.rows):
            passages = _retrieve(store, asking)
            kept.add([[one.passage.id, one.score] for one in passages])
            on_progress(f"{collection.name}: retrieved", number + 1, len(askings))
    return [
        Found(asking, tuple((id_, score) for id_, score in row))
        for asking, row in zip(askings, kept.rows, strict=True)
    ]


def readings(
    collection: Collection,
    store: Store,
    retrieved: list[Found],
    reader: Reader,
    file: Path,
    on_progress: Progress,
) -> list[list[Reading]]:
    """What `reader` makes of what was retrieved; from `file` what it read before."""
    kept = _Kept(file)
    for number, one in enumerate(retrieved):
        if number >= len(kept.rows):
            nodes = store.passages([id_ for id_, _ in one.passages])
            kept.add([asdict(reading) for reading in reader.read(one.asking.text, nodes)])
            on_progress(f"{collection.name}: read", number + 1, len(retrieved))
    return [[_reading(fields) for fields in row] for row in kept.rows]


def fingerprint(reader: str | None) -> str:
    """Tells one reader from another: the packaged one and a folder by their networks' content."""
    folder = Path(reader) if reader else FOLDER
    if not folder.is_dir():
        return re.sub(r"\W+", "-", str(reader))
    digest = hashlib.sha256()
    for file in sorted(one for one in folder.iterdir() if one.suffix != ".json"):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _retrieve(store: Store, asking: Asking) -> list[Ranked]:
    where = None
    if asking.how == NO_ARTICLE:
        gone = set(asking.question.articles)
        where = Filter(article_ids=tuple(id_ for id_ in store.hashes() if id_ not in gone))
    depth = DEPTH * 3 if asking.how == NO_PASSAGE else DEPTH
    retriever = HybridRetriever(store, top_k=depth, candidates=CANDIDATES, where=where)
    passages = retriever.retrieve(asking.text)
    if asking.how == NO_PASSAGE:
        passages = [one for one in passages if not _tells(one.passage.text, asking.question)]
    return passages[:DEPTH]


def _tells(text: str, question: Question) -> bool:
    return any(holds(text, answer) for answer in question.answers + question.proofs)


def _reading(fields: dict[str, Any]) -> Reading:
    return Reading(**{**fields, "spans": tuple(Span(**span) for span in fields["spans"])})


class _Kept:
    """Rows of JSON in a file that grows; a last line cut off is written anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.rows: list[Any] = []
        whole = file.read_text("utf-8").splitlines(keepends=True) if file.exists() else []
        self.rows = [json.loads(line) for line in whole if line.endswith("\n")]
        if len(self.rows) < len(whole):
            file.write_text("".join(whole[:-1]), "utf-8")

    def add(self, row: Any) -> None:
        self.rows.append(row)
        with self._file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")
