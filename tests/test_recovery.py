"""The archive when things go wrong: work that was cut, a torn index."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.reports import FERRY, QUESTION, article, five, ids, many, noted, opened, put, right
from vectorstore import reembedding
from vectorstore.embedding import Embedding


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
