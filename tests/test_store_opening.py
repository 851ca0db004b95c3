"""Who may open a store: one writer and many readers, with the model it was made with."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from qa import Assistant
from qa.articles.kinds import READ, most_bytes
from qa.chat.drawer import Drawer
from qa.chat.library import Library
from qa.chat.uploads import Uploads
from qa.conversations import Conversations
from tests.reports import FERRY, QUESTION, five, ids, many, opened, put
from tests.serving.test_desk import EDITOR, event
from vectorstore.embedding import Embedding
from vectorstore.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveReadOnly,
    ModelMismatch,
)
from vectorstore.store import Store


def test_a_second_writer_is_turned_away_at_once(tmp_path: Path) -> None:
    script = f"from vectorstore.store import Store; Store.open({str(tmp_path)!r})"
    with opened(tmp_path) as store:
        with pytest.raises(ArchiveBusy, match="open for writing"):
            opened(tmp_path)
        run = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False
        )
        assert "ArchiveBusy" in run.stderr
        assert "process " in run.stderr
        put(store, five()[0])
    opened(tmp_path).close()


def test_a_reader_sees_what_the_writer_does(place: Path | str) -> None:
    with opened(place) as writer, opened(place, read_only=True) as reader:
        assert reader.dense(QUESTION, 5) == []
        put(writer, *five()[:2])
        assert len(reader.dense(QUESTION, 5)) == 2
        put(writer, *five()[2:])
        assert ids(reader.dense(QUESTION, 5))[0] == "ferry.txt"
        writer.remove(["ferry.txt"])
        assert len(reader.dense(QUESTION, 5)) == 4
        put(writer, replace(five()[0], text=FERRY))
        assert ids(reader.dense(FERRY, 4))[0] == "bridge.txt"
        assert ids(reader.dense(QUESTION, 9)) == ids(writer.dense(QUESTION, 9))


def test_a_reader_changes_nothing_and_makes_nothing(place: Path | str) -> None:
    for _ in range(2):  # the first has made nothing
        with pytest.raises(ArchiveError, match="footnote ingest"):
            opened(place, read_only=True)
    assert not Path(place).exists()
    with opened(place) as store:
        put(store, five()[0])
    with opened(place, read_only=True) as reader:
        with pytest.raises(ArchiveReadOnly):
            put(reader, five()[1])
        with pytest.raises(ArchiveReadOnly):
            reader.remove(["bridge.txt"])


def test_closing_twice_is_closing_once(place: Path | str) -> None:
    store = opened(place)
    store.close()
    store.close()
    with pytest.raises(ArchiveError, match="closed"):
        store.articles()


def test_many_threads_read_while_one_writes(store: Store) -> None:
    put(store, *five())
    done = threading.Event()

    def read() -> int:
        rounds = 0
        while not done.is_set() or not rounds:
            found = store.dense(QUESTION, 3)
            assert ids(found)[0] == "ferry.txt"
            assert ids(store.lexical("ferry island", 1)) == ["ferry.txt"]
            assert store.passages([found[0][0]])[0].text == FERRY
            rounds += 1
        return rounds

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(read) for _ in range(6)]
        try:
            for report in many(12, sentences=3):
                put(store, report)
        finally:
            done.set()
        assert all(reader.result() >= 1 for reader in readers)
    assert store.count()[0] == 17


def test_another_model_is_refused_until_all_is_embedded_anew(place: Path | str) -> None:
    with opened(place) as store:
        put(store, *five())
        before = store.dense(QUESTION, 5)
    packaged = Embedding.open()
    other = Embedding(packaged.name, "older", packaged._folder)
    with pytest.raises(ModelMismatch, match=r"older.*--reindex"):
        opened(place, embedding=other)
    with pytest.raises(ModelMismatch):
        opened(place, embedding=other, read_only=True)
    with opened(place, read_only=True) as reader:
        assert ids(reader.dense(QUESTION, 5)) == ids(before)
        seen: list[tuple[int, int]] = []
        with opened(
            place,
            embedding=other,
            reset_embedding=True,
            on_progress=lambda stage, done, total: seen.append((done, total)),
        ) as store:
            assert seen == [(5, 5)]
            assert ids(store.dense(QUESTION, 5)) == ids(before)
        with pytest.raises(ModelMismatch):
            reader.dense(QUESTION, 5)
    with pytest.raises(ModelMismatch, match=r"embedded with .*older"):
        opened(place)


def test_an_empty_archive_takes_any_model(place: Path | str) -> None:
    packaged = Embedding.open()
    opened(place).close()
    with opened(place, embedding=Embedding("another", "1", packaged._folder)) as store:
        assert store.count() == (0, 0)


def test_a_newer_layout_is_refused(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match="layout 99"):
            opened(tmp_path, read_only=read_only)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_that_is_no_ledger_is_one_clear_line(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database at all, " * 400)
    with pytest.raises(ArchiveDamaged, match=r"ledger\.sqlite is damaged") as raised:
        opened(tmp_path, read_only=read_only)
    assert "\n" not in str(raised.value)


def test_a_folder_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveError, match="cannot be written"):
        opened(tmp_path / "file" / "archive")


def test_a_second_writer_is_turned_away_whoever_tidied_up(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        (tmp_path / "lock").unlink()
        with pytest.raises(ArchiveBusy, match="open for writing"):
            opened(tmp_path)
        put(store, five()[0])
    opened(tmp_path).close()


@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_acknowledged_that_nobody_can_find_again(tmp_path: Path, replaced: bool) -> None:
    archive = tmp_path / "archive"
    with opened(archive) as store, opened(archive, read_only=True) as reader:
        put(store, *five()[:2])
        assert len(store.dense(QUESTION, 2)) == len(reader.dense(QUESTION, 2)) == 2
        away = archive.rename(tmp_path / "away")
        if replaced:
            opened(archive).close()
        for change in (lambda: put(store, five()[2]), lambda: store.remove(["bridge.txt"])):
            with pytest.raises(ArchiveError, match=r"was removed or replaced while it was open"):
                change()
        for one in (store, reader):
            with pytest.raises(ArchiveError, match=r"was removed or replaced"):
                one.dense("Who else?", 2)
        if replaced:
            with opened(archive, read_only=True) as other:
                assert other.count() == (0, 0)
            shutil.rmtree(archive)
        else:
            assert not archive.exists()  # nor is it made again
        away.rename(archive)
        put(store, five()[2])
        assert reader.count() == (3, 3)


def test_an_upload_to_an_archive_that_is_gone_says_so_and_makes_nothing(tmp_path: Path) -> None:
    archive, folder = tmp_path / "archive", tmp_path / "uploads"
    folder.mkdir()
    (folder / "late.txt").write_text(FERRY)
    drawer = Drawer(Conversations(tmp_path / "conversations.sqlite"))
    with Assistant.open(archive) as assistant:
        uploads = Uploads(folder, kinds=READ, largest=most_bytes)
        library = Library(assistant, uploads, drawer)
        assistant.overview()
        archive.rename(tmp_path / "away")
        (shown,) = library.add(event(kept=["late.txt"], refused=[]), EDITOR)
        assert "was removed or replaced while it was open" in shown
        assert not archive.exists()


def test_what_is_removed_during_a_write_is_not_acknowledged(tmp_path: Path) -> None:
    with opened(tmp_path / "archive") as store:
        put(store, five()[0])
        ledger = tmp_path / "archive" / "ledger.sqlite"
        writing = store._ledger.database.writing()
        writing.__enter__().execute("DELETE FROM departed")
        ledger.rename(tmp_path / "away")
        with pytest.raises(ArchiveError, match="was removed or replaced"):
            writing.__exit__(None, None, None)


def test_a_ledger_that_is_gone_is_not_begun_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        put(store, five()[0])
        store.dense(QUESTION, 1)
    (tmp_path / "ledger.sqlite").unlink()
    with pytest.raises(ArchiveDamaged, match=r"ledger\.sqlite is missing: put back a copy"):
        opened(tmp_path)
