"""The archive that `tests/kills.py` hurts, and the programs that are at work on it meanwhile."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from qa import Assistant, Config
from tests.reports import EMBEDDING, article, item, many, opened, put
from vectorstore.embedding import Embedding, Progress
from vectorstore.errors import ArchiveError
from vectorstore.vectors import Vectors

OLD = 1050  # articles before anything happens
ASKED = "How many boats were sold?"
REFUSED = 7  # the exit code of a program that was told in one line why it may not go on
_GROUP = 3  # articles of a put
_NAMES = 40  # that come round again and again, each time in a higher version


class Sketched(Embedding):
    """Gives each text a vector near that of one of a few, and reads only those."""

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        few = super().encode([report.text for report in many(_NAMES, 1)])
        noise = np.random.default_rng(len(texts)).normal(size=(len(texts), few.shape[1]))
        vectors = few[np.arange(len(texts)) % _NAMES] + 0.02 * noise.astype(np.float32)
        nearby: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return nearby


def build(folder: Path) -> Path:
    """An archive of so many articles that Chroma has written its graph out."""
    sketched = Sketched(EMBEDDING.name, EMBEDDING.revision, EMBEDDING._folder)
    with opened(folder, embedding=sketched) as store:
        put(store, *(article(f"old-{n}.txt", f"Old report number {n}.") for n in range(OLD)))
        store.dense(ASKED, 1)
    return folder


def put_for_ever(archive: Path, acknowledged: Path, limit: int = 0) -> None:
    """Replace reports, version after version, and write down each put that came back.

    Args:
        archive: where.
        acknowledged: the file to write to.
        limit: bytes that a file may have; 0: as many as it likes.
    """
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    with _refused(), opened(archive) as store:
        for version in range(1, 10_000):
            names = [(version * _GROUP + k) % _NAMES for k in range(_GROUP)]
            reports = [
                article(f"kept-{n}.txt", f"Report {version} of the ferry {n}.") for n in names
            ]
            store.put([item(store, report, str(version)) for report in reports])
            with acknowledged.open("a") as file:
                file.write(f"{version} {' '.join(map(str, names))}\n")


def ingest_for_ever(archive: Path, acknowledged: Path) -> None:
    """The same from files, through every step of an ingestion."""
    files = archive.with_name("files")
    files.mkdir(exist_ok=True)
    with _refused(), Assistant.open(archive, config=Config(reader="none")) as assistant:
        for version in range(1, 10_000):
            names = [(version * _GROUP + k) % _NAMES for k in range(_GROUP)]
            for n in names:
                told = f"The ferry {n} of Odmark sailed for the {version}th time, its captain said."
                (files / f"kept-{n}.txt").write_text(told)
            assistant.ingest(files)
            with acknowledged.open("a") as file:
                file.write(f"0 {' '.join(map(str, names))}\n")


def open_and_search(archive: Path) -> None:
    """As a server starts: Chroma opens the index, whatever has become of it."""
    with _refused(), opened(archive) as store:
        assert len(store.dense(ASKED, 10)) == 10


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except ArchiveError as error:
        os._exit(REFUSED if is_line(error) else 1)


def ask_as_nobody(archive: Path) -> None:
    # The model's files may be closed to nobody too.
    assert EMBEDDING.identity
    EMBEDDING.encode_query(ASKED)
    if os.geteuid() == 0:
        os.setresuid(65534, 65534, 65534)
    else:
        archive.chmod(0o555)
    try:
        opened(archive)
    except ArchiveError as error:
        told = str(error)
    with opened(archive, read_only=True) as store:
        assert "cannot be written" in told
        assert store.dense(ASKED, 3)


def is_line(error: ArchiveError) -> bool:
    return bool(str(error)) and "\n" not in str(error)
