"""The vector index on a real Chroma server: whatever becomes of it, no answer is lost."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import chroma
from tests.chroma import Relay, Server, free_port, saying, silent
from tests.postgres import Server as PostgresServer
from tests.reports import FERRY, QUESTION, article, five, ids, many, opened, put, right
from vectorstore import served
from vectorstore.embedding import Embedding
from vectorstore.errors import IndexUnavailable, ModelMismatch
from vectorstore.ledger import Ledger
from vectorstore.serving import connect
from vectorstore.store import Store


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with chroma.running(tmp_path_factory.mktemp("chroma") / "server") as server:
        yield server


def noted(archive: Path, key: str) -> str:
    ledger = Ledger(archive / "ledger.sqlite", read_only=True)
    try:
        return ledger.meta(key)
    finally:
        ledger.close()


def rows_there(store: Store) -> int:
    """How many rows the server holds, whom the store must be in touch with."""
    assert store._mirror
    assert store._mirror._index
    return store._mirror._index.count()


def test_a_server_that_is_not_there_is_one_line_after_a_deadline() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    start = time.monotonic()
    with pytest.raises(IndexUnavailable, match=r"No Chroma server answers.*chroma run") as raised:
        connect(url, wait=1, patience=1)
    assert 0.5 < time.monotonic() - start < 5
    assert "\n" not in str(raised.value)
    assert url in str(raised.value)


def test_a_server_that_comes_up_meanwhile_is_waited_for(tmp_path: Path) -> None:
    from threading import Timer

    late = Server(tmp_path / "late", free_port())
    timer = Timer(0.5, late.start)
    timer.start()
    try:
        assert connect(late.url, wait=60, patience=60).heartbeat() > 0
    finally:
        timer.join()
        late.stop()


def test_a_server_that_never_replies_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.serving._EACH", 0.3)
    with silent() as url, pytest.raises(IndexUnavailable, match="does not reply"):
        connect(url, wait=0.5, patience=1)


@pytest.mark.parametrize(
    ("status", "reply", "said"),
    [
        (200, "0.6.3", r"version '0\.6\.3', and Footnote speaks with 1"),
        (404, {"error": "no such page"}, r"no Chroma server of version 1 \(status 404\)"),
        (200, b"<html>welcome</html>", r"no Chroma server of version 1 \(its reply is no JSON\)"),
        (503, b"busy", r"No Chroma server answers.*status 503"),
    ],
)
def test_what_is_no_such_server_is_one_line(status: int, reply: object, said: str) -> None:
    with saying(status, reply) as url, pytest.raises(IndexUnavailable, match=said) as raised:
        connect(url, wait=0.3, patience=1)
    assert "\n" not in str(raised.value)


def test_an_ingestion_without_its_server_is_one_line_and_keeps_the_articles(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with opened(tmp_path, chroma_url=url, chroma_wait=0.2) as store:
        with pytest.raises(IndexUnavailable):
            put(store, *five())
        assert store.count() == (5, 5)


def test_a_server_that_was_restarted_empty_is_filled_from_the_ledger(
    server: Server, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    with opened(archive, chroma_url=server.url) as store:
        put(store, *five(), *many(20, sentences=2))
        right(store, archive)
        before = noted(archive, "index_place")
        server.restart_empty()
        right(store, archive)  # the first search meets the loss, the second builds anew
        right(store, archive)
        assert noted(archive, "index_place") != before
        assert rows_there(store) == store.count()[1]


def test_a_server_that_goes_and_comes_back_is_used_again(
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(served, "_REST", 0.5)
    archive = tmp_path / "archive"
    with opened(archive, chroma_url=server.url, chroma_wait=5) as store:
        put(store, *five())
        right(store, archive)
        before = noted(archive, "index_place")
        server.stop()
        with caplog.at_level(logging.WARNING):
            right(store, archive)
            put(store, *many(20, sentences=2))  # what happens meanwhile is caught up with
            right(store, archive)
        assert "Search goes on without the Chroma server" in caplog.text
        server.start()
        time.sleep(0.6)
        right(store, archive)
        assert rows_there(store) == store.count()[1] == 25
        assert noted(archive, "index_place") == before


def test_a_server_that_hangs_costs_its_patience_once(server: Server, tmp_path: Path) -> None:
    relay = Relay(server.port)
    with opened(tmp_path, chroma_url=relay.url, chroma_wait=2) as store:
        put(store, *five())
        right(store, tmp_path)
        relay.stuck = True
        start = time.monotonic()
        assert ids(store.dense(QUESTION, 5))[0] == "ferry.txt"
        assert 1.5 < time.monotonic() - start < 10
        store.dense(QUESTION, 5)  # whether it is back is asked once more
        start = time.monotonic()
        right(store, tmp_path)
        assert time.monotonic() - start < 2
    relay.close()


def test_a_reader_searches_the_server_and_puts_nothing_there(
    server: Server, tmp_path: Path
) -> None:
    with opened(tmp_path, chroma_url=server.url) as writer:
        put(writer, *five())
        right(writer, tmp_path)
        with opened(tmp_path, chroma_url=server.url, read_only=True) as reader:
            right(reader, tmp_path)
            assert rows_there(reader) == 5
            writer.remove(["ferry.txt"])
            put(writer, article("late.txt", FERRY))
            assert ids(reader.dense(QUESTION, 5))[0] == "late.txt"
            assert "ferry.txt" not in ids(reader.dense(QUESTION, 5))
            assert rows_there(reader) == writer.count()[1]


def test_what_is_in_the_ledger_and_not_yet_on_the_server_is_found(
    server: Server, tmp_path: Path
) -> None:
    with opened(tmp_path, chroma_url=server.url) as writer:
        put(writer, *five()[:2])
        writer.dense(QUESTION, 1)
        mirror, writer._mirror = writer._mirror, None
        put(writer, *five()[2:])  # as where a writer dies between the two
        writer._mirror = mirror
        assert ids(writer.dense(QUESTION, 5))[0] == "ferry.txt"
        with opened(tmp_path, chroma_url=server.url, read_only=True) as reader:
            assert ids(reader.dense(QUESTION, 5))[0] == "ferry.txt"
            assert len(reader.dense(QUESTION, 9)) == 5


def test_two_archives_share_a_server(server: Server, tmp_path: Path) -> None:
    with (
        opened(tmp_path / "one", chroma_url=server.url) as one,
        opened(tmp_path / "other", chroma_url=server.url) as other,
    ):
        put(one, *five())
        put(other, *five()[:2])
        right(one, tmp_path / "one")
        right(other, tmp_path / "other")
        assert not list(tmp_path.glob("*/index-*"))
    with opened(tmp_path / "one") as embedded:  # and back into the folder
        right(embedded, tmp_path / "one")
        assert list(tmp_path.glob("one/index-*"))


def test_another_model_builds_the_index_anew_and_turns_the_others_away(
    server: Server, postgres: PostgresServer
) -> None:
    url = postgres.database()
    packaged = Embedding.open()
    other = Embedding(packaged.name, "older", packaged._folder)
    with opened(url, chroma_url=server.url) as store:
        put(store, *five())
        right(store, url)
        with opened(url, chroma_url=server.url, embedding=other, reset_embedding=True) as anew:
            before = anew._ledger.meta("index_place")
            right(anew, url)
            assert anew._ledger.meta("index_place") != before
            assert rows_there(anew) == 5
            with pytest.raises(ModelMismatch):
                store.dense(QUESTION, 3)


def test_writers_on_two_machines_share_one_index(server: Server, postgres: PostgresServer) -> None:
    url = postgres.database()
    with opened(url, chroma_url=server.url) as one, opened(url, chroma_url=server.url) as other:
        with ThreadPoolExecutor(2) as pool:
            for done in [
                pool.submit(put, one, *many(20, sentences=2)),
                pool.submit(put, other, *five()),
            ]:
                done.result()
        one.remove(["bridge.txt"])
        for store in (one, other):
            right(store, url)
            assert rows_there(store) == 24
        with opened(url, chroma_url=server.url, read_only=True) as reader:
            right(reader, url)
            assert rows_there(reader) == 24
