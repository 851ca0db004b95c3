"""The archive when its index is damaged: it is noticed and built anew."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.reports import QUESTION, article, many, noted, opened, put, right
from vectorstore import mirror
from vectorstore.index import Index
from vectorstore.records import Article


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


def scribble_over_the_graph(index: Path) -> None:
    file = next(index.rglob("data_level0.bin"))
    file.write_bytes(random.Random(5).randbytes(file.stat().st_size))


def flip_a_bit_of_the_header(index: Path) -> None:
    file = next(index.rglob("header.bin"))
    content = bytearray(file.read_bytes())
    content[40] ^= 0x40  # Chroma ended the program on this one
    file.write_bytes(content)


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


def crowd(count: int, name: str = "") -> list[Article]:
    """So many articles, with few texts to embed."""
    texts = [report.text for report in many(60, 1)]
    return [article(f"{name}{n}.txt", texts[n % 60]) for n in range(count)]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive of so many passages that Chroma has written out its graph."""
    folder = tmp_path_factory.mktemp("large") / "archive"
    with opened(folder) as store:
        put(store, *crowd(1200))
    return folder


@pytest.mark.parametrize(
    "damage",
    [
        remove_segments,
        remove_all,
        tear_the_list_of_links,
        cut_the_vectors,
        scribble_over_chroma,
        scribble_over_the_graph,
        flip_a_bit_of_the_header,
        swap_vectors,
        lose_one_row,
    ],
)
def test_a_damaged_index_is_noticed_and_built_anew(
    large: Path,
    tmp_path: Path,
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    archive = shutil.copytree(large, tmp_path / "archive")
    before = noted(archive, "index_place")
    damage(archive / before)
    with opened(archive) as store:
        right(store, archive)
    assert noted(archive, "index_place") != before
    assert noted(archive, "index_whole")
    (line,) = caplog.messages
    assert line.startswith(f"The vector index {before} is built anew: ")


def test_a_program_that_died_of_its_index_does_so_once(
    large: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever it was that Chroma died of: the note stays, and the next start builds it anew."""
    archive = shutil.copytree(large, tmp_path / "archive")
    child = os.fork()
    if not child:
        mirror.Index = lambda *_: os.kill(os.getpid(), 9)  # type: ignore[assignment,misc]
        with opened(archive) as store:
            store.dense(QUESTION, 1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == 9
    before = noted(archive, "index_place")
    assert noted(archive, "index_opening") == before
    for _ in range(2):
        with opened(archive) as store:
            right(store, archive)
    assert noted(archive, "index_place") == "index-2"
    assert caplog.messages == [
        f"The vector index {before} is built anew: the program died when it last opened it."
    ]


def test_a_program_that_died_while_it_served_looks_harder_and_finds_its_index_again(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[int] = []
    search = Index.search
    monkeypatch.setattr(Index, "search", lambda *given: searches.append(given[2]) or search(*given))
    archive = shutil.copytree(large, tmp_path / "archive")
    store = opened(archive)
    store.dense(QUESTION, 7)
    assert searches == [1] * 4 + [7]
    left = shutil.copytree(archive, tmp_path / "left")  # as a kill leaves it
    store.close()
    searches.clear()
    with opened(left) as store:
        store.dense(QUESTION, 7)
        assert searches == [1] * 256 + [7]
        right(store, left)
    assert noted(left, "index_place") == noted(archive, "index_place") == "index-1"
    assert noted(left, "index_in_use") == noted(archive, "index_in_use") == ""


@pytest.mark.parametrize(("blind", "place"), [({1}, "index-1"), ({1, 100}, "index-2")])
def test_what_only_a_wider_search_finds_is_no_damage(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blind: set[int], place: str
) -> None:
    archive = shutil.copytree(large, tmp_path / "archive")
    store = opened(archive)
    store.dense(QUESTION, 7)
    left = shutil.copytree(archive, tmp_path / "left")  # as a kill leaves it
    store.close()
    done: list[int] = []
    search = Index.search

    def misses(index: Index, query: np.ndarray, top_k: int) -> list[tuple[int, float]]:
        done.append(top_k)
        missed = len(done) > 40 and top_k in blind
        return [] if missed else search(index, query, top_k)

    monkeypatch.setattr(Index, "search", misses)
    with opened(left) as store:
        store.sync()
    assert 100 in done
    assert noted(left, "index_place") == place


def test_what_others_did_beneath_a_running_program_is_not_taken_for_its_own(
    large: Path, tmp_path: Path
) -> None:
    archive = shutil.copytree(large, tmp_path / "archive")
    with opened(archive) as store:
        store.dense(QUESTION, 1)
        scribble_over_the_graph(archive / noted(archive, "index_place"))
        put(store, *crowd(1100, "late"))  # so many that Chroma writes its graph
        right(store, archive)
    with opened(archive) as store:
        right(store, archive)
    assert noted(archive, "index_place") == "index-2"


def test_an_index_of_an_earlier_version_is_built_anew_once(large: Path, tmp_path: Path) -> None:
    archive = shutil.copytree(large, tmp_path / "archive")
    with sqlite3.connect(archive / "ledger.sqlite") as connection:
        connection.execute("UPDATE meta SET value = 'yes' WHERE key = 'index_whole'")
    for _ in range(2):
        with opened(archive) as store:
            right(store, archive)
    assert noted(archive, "index_place") == "index-2"
