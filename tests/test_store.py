"""The store: what is put in comes out, by meaning and by word, one writer and many readers."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.schema import MetadataMode

from tests.reports import BRIDGE, FERRY, article, day, five, ids, item, many, opened, put, texts
from vectorstore.embedding import Embedding
from vectorstore.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveReadOnly,
    ArticleNotFound,
    ModelMismatch,
)
from vectorstore.records import Filter
from vectorstore.store import Store

QUESTION = "When does the ship to the island leave?"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Five reports, which no test changes."""
    with opened(tmp_path_factory.mktemp("reports")) as store:
        put(store, *five())
        yield store


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Some hundred reports much like each other, which no test changes."""
    with opened(tmp_path_factory.mktemp("crowd")) as store:
        put(store, *many(160, sentences=2))
        yield store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "archive") as store:
        yield store


def test_articles_come_back_as_they_were_the_newest_first(reports: Store) -> None:
    bridge, harvest, ferry, museum, strike = five()
    assert reports.articles() == [ferry, bridge, strike, harvest, museum]
    assert reports.article("museum.txt") == museum
    assert reports.count() == (5, 5)
    assert reports.outlets() == [("Courier", 3), ("Herald", 2)]
    assert reports.hashes() == {report.id: "1" for report in five()}
    assert reports.paths()["ferry.txt"] == "reports/ferry.txt"
    with pytest.raises(ArticleNotFound, match="no-such"):
        reports.article("no-such.txt")


def test_passages_come_back_as_they_were(reports: Store) -> None:
    nodes = [node for report in five() for node in item(reports, report)[1]]
    again = reports.nodes([node.id_ for node in nodes])
    assert again == nodes
    assert [node.get_content(MetadataMode.EMBED) for node in again] == [
        node.get_content(MetadataMode.EMBED) for node in nodes
    ]
    asked = [nodes[3].id_, "gone.txt#0-1", nodes[0].id_]
    assert texts(reports.nodes(asked)) == [nodes[3].text, nodes[0].text]


def test_vectors_are_those_of_the_embedded_text(reports: Store) -> None:
    nodes = [node for report in five() for node in item(reports, report)[1]]
    vectors = reports.vectors([node.id_ for node in nodes])
    fresh = reports.embedding.encode([node.get_content(MetadataMode.EMBED) for node in nodes])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.abs(vectors - fresh).max() < 2e-4  # what float16 costs
    with pytest.raises(ArticleNotFound, match="gone"):
        reports.vectors([nodes[0].id_, "gone.txt#0-1"])


def test_meaning_finds_what_shares_no_word(reports: Store) -> None:
    found = reports.dense(QUESTION, 5)
    assert ids(found)[0] == "ferry.txt"
    assert len(found) == 5
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    vector = reports.embedding.encode_query(QUESTION)
    assert scores[0] == pytest.approx(vector @ reports.vectors([found[0][0]])[0], abs=1e-4)


def test_words_find_their_inflections_and_titles(reports: Store) -> None:
    assert ids(reports.lexical("ferries sailing", 5)) == ["ferry.txt"]
    assert ids(reports.lexical("bridge shut", 5)) == ["bridge.txt"]
    assert set(ids(reports.lexical("Varnhof", 5))) == {"bridge.txt", "strike.txt"}
    assert reports.lexical("", 5) == reports.lexical("?!", 5) == []
    assert ids(reports.lexical("what TULL, who 'Tull'?", 1)) == ["ferry.txt"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Filter(outlet="courier"), {"bridge.txt", "ferry.txt", "strike.txt"}),
        (Filter(since=day(3)), {"bridge.txt", "ferry.txt", "strike.txt"}),
        (Filter(until=day(3)), {"bridge.txt", "harvest.txt", "strike.txt"}),
        (Filter(since=day(2), until=day(3), outlet="Courier"), {"bridge.txt", "strike.txt"}),
        (Filter(article_ids=("museum.txt", "gone.txt")), {"museum.txt"}),
        (Filter(article_ids=()), set()),
        (Filter(outlet="Nobody"), set()),
    ],
)
def test_a_filter_holds_everywhere(reports: Store, where: Filter, expected: set[str]) -> None:
    assert {report.id for report in reports.articles(where)} == expected
    assert reports.count(where) == (len(expected), len(expected))
    assert set(ids(reports.dense(QUESTION, 20, where))) == expected
    everything = "bridge apple ferry museum tram"
    assert set(ids(reports.lexical(everything, 20, where))) == expected


@pytest.mark.parametrize("where", [None, Filter(outlet="Herald"), Filter(since=day(20))])
@pytest.mark.parametrize("top_k", [0, 1, 20, 10_000])
def test_a_search_is_as_long_as_asked_and_as_good_as_exact(
    crowd: Store, where: Filter | None, top_k: int
) -> None:
    question = "How many boats were sold in Tull?"
    found = crowd.dense(question, top_k, where)
    allowed = [node.id_ for report in crowd.articles(where) for node in item(crowd, report)[1]]
    assert len(found) == min(top_k, len(allowed))
    assert {id_ for id_, _ in found} <= set(allowed)
    exact = np.sort(crowd.vectors(allowed) @ crowd.embedding.encode_query(question))[::-1]
    assert np.allclose([score for _, score in found], exact[:top_k], atol=1e-4)


@given(query=st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_question(reports: Store, query: str) -> None:
    assert len(reports.lexical(query, 3)) <= 3


@pytest.mark.parametrize(
    "query", ['"', "a OR b*", "NEAR(x y)", "title:apple -tram", "🙂", "\ud800", "x\x00y", "' ; --"]
)
def test_hostile_questions_are_only_words(reports: Store, query: str) -> None:
    reports.lexical(query, 3)
    assert len(reports.dense(query, 3)) == 3


def test_a_whole_book_is_a_question_too(reports: Store) -> None:
    book = " ".join(f"word{number}" for number in range(10_000))
    assert ids(reports.lexical(f"ferry {book}", 3)) == ["ferry.txt"]
    assert len(reports.dense(book, 3)) == 3


def test_words_are_found_without_accents_and_in_scripts_without_spaces(store: Store) -> None:
    put(
        store,
        article("fr.txt", "Le théâtre de l'île a été fermé à cause d'une fuite d'eau."),
        article("jp.txt", "市長は新しい橋の建設を発表した。工事は来年始まる。"),
        article("th.txt", "สะพานใหม่จะเปิดในเดือนมิถุนายน"),
    )
    assert ids(store.lexical("theatre", 3)) == ["fr.txt"]
    assert ids(store.lexical("橋の建設はいつ?", 3)) == ["jp.txt"]
    assert ids(store.lexical("สะพาน", 3)) == ["th.txt"]


def test_an_article_is_replaced_whole(store: Store) -> None:
    put(store, *five())
    changed = article("bridge.txt", FERRY, title="Sails", outlet="Herald")
    store.put([item(store, changed, "2")])
    assert store.article("bridge.txt") == changed
    assert store.hashes()["bridge.txt"] == "2"
    assert store.count() == (5, 5)
    assert store.lexical("cracks pillars", 5) == []
    assert set(ids(store.dense("a night ferry", 2))) == {"bridge.txt", "ferry.txt"}
    assert max(score for _, score in store.dense(BRIDGE, 5)) < 0.9


def test_what_is_removed_is_not_found(store: Store) -> None:
    put(store, *five())
    store.dense(QUESTION, 1)
    store.remove(["ferry.txt", "never-there.txt"])
    assert store.count() == (4, 4)
    assert "ferry.txt" not in ids(store.dense(QUESTION, 20)) + ids(store.lexical("ferry", 20))
    assert len(store.dense(QUESTION, 20)) == 4
    store.remove([report.id for report in five()])
    assert store.dense(QUESTION, 5) == store.lexical("ferry", 5) == store.articles() == []


def test_a_text_is_embedded_once(store: Store) -> None:
    embedded: list[int] = []
    for _ in range(2):
        items = [item(store, report) for report in five()]
        store.put(items, lambda stage, done, total: embedded.append(total))
    assert embedded == [5]
    renamed = replace(five()[0], id="moved.txt")
    store.put([item(store, renamed)], lambda stage, done, total: embedded.append(total))
    assert embedded == [5]


def test_all_of_it_lasts(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        put(store, *five())
        before = store.dense(QUESTION, 5), store.lexical("Varnhof", 5), store.articles()
    with opened(tmp_path) as store:
        assert (store.dense(QUESTION, 5), store.lexical("Varnhof", 5), store.articles()) == before


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


def test_a_reader_sees_what_the_writer_does(tmp_path: Path) -> None:
    with opened(tmp_path) as writer, opened(tmp_path, read_only=True) as reader:
        assert reader.dense(QUESTION, 5) == []
        put(writer, *five()[:2])
        assert len(reader.dense(QUESTION, 5)) == 2
        put(writer, *five()[2:])
        assert ids(reader.dense(QUESTION, 5))[0] == "ferry.txt"
        writer.remove(["ferry.txt"])
        put(writer, replace(five()[0], text=FERRY))
        assert ids(reader.dense(FERRY, 4))[0] == "bridge.txt"
        assert ids(reader.dense(QUESTION, 9)) == ids(writer.dense(QUESTION, 9))


def test_a_reader_changes_nothing_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="footnote ingest"):
        opened(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()
    with opened(tmp_path / "one") as store:
        put(store, five()[0])
    with opened(tmp_path / "one", read_only=True) as reader:
        with pytest.raises(ArchiveReadOnly):
            put(reader, five()[1])
        with pytest.raises(ArchiveReadOnly):
            reader.remove(["bridge.txt"])


def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
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
            assert store.nodes([found[0][0]])[0].text == FERRY
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


def test_another_model_is_refused_until_all_is_embedded_anew(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        put(store, *five())
        before = store.dense(QUESTION, 5)
    packaged = Embedding.open()
    other = Embedding(packaged.name, "older", packaged._folder)
    with pytest.raises(ModelMismatch, match=r"older.*--reindex"):
        opened(tmp_path, embedding=other)
    with pytest.raises(ModelMismatch):
        opened(tmp_path, embedding=other, read_only=True)
    with opened(tmp_path, read_only=True) as reader:
        assert ids(reader.dense(QUESTION, 5)) == ids(before)
        seen: list[tuple[int, int]] = []
        with opened(
            tmp_path,
            embedding=other,
            reset_embedding=True,
            on_progress=lambda stage, done, total: seen.append((done, total)),
        ) as store:
            assert seen == [(5, 5)]
            assert ids(store.dense(QUESTION, 5)) == ids(before)
        with pytest.raises(ModelMismatch):
            reader.dense(QUESTION, 5)
    with pytest.raises(ModelMismatch, match=r"embedded with .*older"):
        opened(tmp_path)


def test_an_empty_archive_takes_any_model(tmp_path: Path) -> None:
    packaged = Embedding.open()
    opened(tmp_path).close()
    with opened(tmp_path, embedding=Embedding("another", "1", packaged._folder)) as store:
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


def test_text_that_is_no_unicode_is_one_clear_line(store: Store) -> None:
    with pytest.raises(ArchiveError, match="not valid Unicode"):
        put(store, article("odd.txt", "The bridge \ud800 was closed."))
    assert store.count() == (0, 0)
