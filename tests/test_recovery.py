"""The archive when things go wrong: a kill at any moment, a torn index, a server that goes."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.reports import FERRY, article, five, ids, item, many, opened, put
from vectorstore import reembedding
from vectorstore.embedding import Embedding
from vectorstore.errors import IndexUnavailable
from vectorstore.store import Store

QUESTION = "When does the ship to the island leave?"
KILLS = 10


def right(store: Store, archive: Path) -> None:
    """What the writer finds by its index is what a reader finds by scoring every passage."""
    with opened(archive, embedding=store.embedding, read_only=True) as reader:
        for question in (QUESTION, "How many boats were sold in Tull?"):
            found, exact = store.dense(question, 10), reader.dense(question, 10)
            assert len(found) == len(exact) == min(10, store.count()[1])
            scores = [[score for _, score in one] for one in (found, exact)]
            assert np.allclose(*scores, atol=1e-4)


def noted(archive: Path, key: str) -> str:
    """What the ledger notes of the index."""
    with sqlite3.connect(archive / "ledger.sqlite") as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0])


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


def put_for_ever(archive: Path, first: int, acknowledged: Path) -> None:
    """Replace reports, version after version, and write down each that `put` has taken."""
    with opened(archive) as store:
        for version in range(first, first + 10_000):
            group = [version * 3 + k for k in range(3)]
            store.put(
                [
                    item(store, article(f"{n % 40}.txt", f"Report {n} of the ferry."), str(version))
                    for n in group
                ]
            )
            with acknowledged.open("a") as file:
                file.write(f"{version} {' '.join(str(n % 40) for n in group)}\n")


def test_nothing_acknowledged_is_lost_by_kills(tmp_path: Path) -> None:
    archive, acknowledged = tmp_path / "archive", tmp_path / "acknowledged"
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["chromadb", "onnxruntime", "tests.test_recovery"])
    want: dict[str, int] = {}
    version, seed = 1, random.randrange(1 << 30)
    chance = random.Random(seed)
    for kill in range(KILLS):
        acknowledged.write_text("")
        child = processes.Process(target=put_for_ever, args=(archive, version, acknowledged))
        child.start()
        while not acknowledged.stat().st_size:
            assert child.is_alive()
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        for line in acknowledged.read_text().splitlines():
            version, *numbers = map(int, line.split())
            want.update({f"{n}.txt": version for n in numbers})
        with opened(archive) as store:
            have = {id_: int(digest) for id_, digest in store.hashes().items()}
            # What was in flight may be there or not, but whole.
            lost = [id_ for id_ in want if not want[id_] <= have.get(id_, 0) <= version + 1]
            assert not lost, f"kill {kill}, seed {seed}"
            right(store, archive)
            assert len(store.lexical("ferry", 100)) == store.count()[1]
        version += 2


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


def remove_segments(index: Path) -> None:
    for segment in (path for path in index.iterdir() if path.is_dir()):
        shutil.rmtree(segment)


def remove_all(index: Path) -> None:
    shutil.rmtree(index)


def tear_the_list_of_links(index: Path) -> None:
    # As long as one that has filled a disk, without taking the disk's room.
    os.truncate(next(index.rglob("link_lists.bin")), 1 << 40)


def cut_the_vectors(index: Path) -> None:
    file = next(index.rglob("data_level0.bin"))
    os.truncate(file, file.stat().st_size // 2)


def scribble_over_chroma(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"scribble" * 1000)


def swap_vectors(index: Path) -> None:
    from vectorstore.index import Index, embedded

    chroma = Index(embedded(index), index.name)
    rows = np.arange(1, chroma.count() + 1)[-60:]
    held = chroma.vectors(rows)
    chroma.add(rows, np.stack([held[int(row)] for row in rows[::-1]]))
    chroma.close()


def lose_one_row(index: Path) -> None:
    from vectorstore.index import Index, embedded

    chroma = Index(embedded(index), index.name)
    chroma.delete([3])
    chroma.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive of so many passages that Chroma has written out its graph."""
    folder = tmp_path_factory.mktemp("large") / "archive"
    with opened(folder) as store:
        put(store, *(article(f"{n}.txt", many(60, 1)[n % 60].text) for n in range(1200)))
    return folder


@pytest.mark.parametrize(
    "damage",
    [
        remove_segments,
        remove_all,
        tear_the_list_of_links,
        cut_the_vectors,
        scribble_over_chroma,
        swap_vectors,
        lose_one_row,
    ],
)
def test_a_damaged_index_is_noticed_and_built_anew(
    large: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    archive = shutil.copytree(large, tmp_path / "archive")
    before = noted(archive, "index_place")
    damage(archive / before)
    with opened(archive) as store:
        right(store, archive)
    assert noted(archive, "index_place") != before
    assert noted(archive, "index_whole")


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
