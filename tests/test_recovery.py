"""The archive when things go wrong: work that was cut, a torn index, a server that goes."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reports import FERRY, QUESTION, article, five, ids, many, noted, opened, put, right
from vectorstore import reembedding
from vectorstore.embedding import Embedding
from vectorstore.errors import IndexUnavailable


def note(archive: Path, **values: str) -> None:
    with sqlite3.connect(archive / "ledger.sqlite") as connection:
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A closed archive of some fifty reports."""
    with opened(tmp_path / "archive") as store:
        put(store, *five(), *many(48, sentences=2))
        store.dense(QUESTION, 1)
    return tmp_path / "archive"


def test_an_index_that_was_cut_is_built_anew_in_another_folder(archive: Path) -> None:
    before = noted(archive, "index_place")
    (archive / before / "chroma.sqlite3").write_bytes(b"torn")
    note(archive, index_whole="")
    seen: list[tuple[str, int, int]] = []
    with opened(archive, on_progress=lambda *state: seen.append(state)) as store:
        right(store, archive)
        count = store.count()[1]
    assert seen[-1] == ("Indexing", count, count)
    assert noted(archive, "index_place") != before
    assert [folder.name for folder in archive.glob("index-*")] == [noted(archive, "index_place")]


def test_a_whole_index_is_not_built_anew(archive: Path) -> None:
    before = noted(archive, "index_place")
    for report in many(3):
        with opened(archive) as store:
            right(store, archive)
            put(store, report)
            store.remove(["ferry.txt", report.id])
    assert noted(archive, "index_place") == before


def test_an_index_that_breaks_in_use_costs_no_answer(archive: Path) -> None:
    with opened(archive) as store:
        right(store, archive)
        shutil.rmtree(archive / noted(archive, "index_place"))
        put(store, article("late.txt", FERRY))
        right(store, archive)
        assert "late.txt" in ids(store.dense(QUESTION, 2))


def test_what_was_committed_and_not_indexed_is_indexed_later(archive: Path) -> None:
    with opened(archive) as store:
        mirror, store._mirror = store._mirror, None
        put(store, article("late.txt", FERRY))
        store.remove(["ferry.txt"])
        store._mirror = mirror
    with opened(archive) as store:
        right(store, archive)
        assert ids(store.dense(QUESTION, 1)) == ["late.txt"]


class Cut(Exception):
    pass


def test_embedding_anew_goes_on_where_it_was_cut(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reembedding, "_COMMIT", 10)
    packaged = Embedding.open()
    other = Embedding(packaged.name, "older", packaged._folder)
    seen: list[int] = []

    def cut_at_20(_stage: str, done: int, _total: int) -> None:
        seen.append(done)
        if done == 20:
            raise Cut

    with pytest.raises(Cut):
        opened(archive, embedding=other, reset_embedding=True, on_progress=cut_at_20)
    with opened(archive) as store:
        right(store, archive)
    seen.clear()
    with opened(
        archive,
        embedding=other,
        reset_embedding=True,
        on_progress=lambda stage, done, total: seen.append(done),
    ) as store:
        assert seen == [30, 40, 50, 53]
        right(store, archive)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real Chroma server, on the loopback alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).with_name("chroma"), "run", "--path", tmp_path / "server"]
    process = subprocess.Popen(
        [*map(str, command), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()


def test_a_server_serves_two_archives_and_its_end_costs_no_answer(
    server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path, archive: Path
) -> None:
    url, process = server
    with (
        opened(archive, chroma_url=url) as store,
        opened(tmp_path / "other", chroma_url=url) as other,
    ):
        put(other, *five()[:2])
        right(store, archive)
        right(other, tmp_path / "other")
        place = noted(archive, "index_place")
        assert not list(archive.glob("index-*"))
    with opened(archive, chroma_url=url) as store:
        put(store, *many(50, sentences=2))
        store.remove(["bridge.txt"])
        right(store, archive)
        assert noted(archive, "index_place") == place
        process.kill()
        process.wait()
        right(store, archive)
    with opened(archive, chroma_url=url) as store:
        with pytest.raises(IndexUnavailable, match=r"No Chroma server.*chroma run"):
            store.dense(QUESTION, 3)
        assert len(store.lexical("ferry", 3)) == 1
    with opened(archive) as store:
        right(store, archive)
