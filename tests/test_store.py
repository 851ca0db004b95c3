"""The store: what is put in comes out, is replaced whole, and lasts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.reports import BRIDGE, FERRY, QUESTION, article, five, ids, item, opened, put, texts
from vectorstore.errors import ArchiveError, ArticleNotFound
from vectorstore.store import Store


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
    again = reports.passages([node.id for node in nodes])
    assert again == nodes
    assert [node.embedded for node in again] == [node.embedded for node in nodes]
    asked = [nodes[3].id, "gone.txt#0-1", nodes[0].id]
    assert texts(reports.passages(asked)) == [nodes[3].text, nodes[0].text]


def test_vectors_are_those_of_the_embedded_text(reports: Store) -> None:
    nodes = [node for report in five() for node in item(reports, report)[1]]
    vectors = reports.vectors([node.id for node in nodes])
    fresh = reports.embedding.encode([node.embedded for node in nodes])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.abs(vectors - fresh).max() < 2e-4  # what float16 costs
    with pytest.raises(ArticleNotFound, match="gone"):
        reports.vectors([nodes[0].id, "gone.txt#0-1"])


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
    embedded: list[list[int]] = []
    for _ in range(2):
        items = [item(store, report) for report in five()]
        embedded.append([])
        store.put(items, lambda stage, done, total: embedded[-1].append(done))
    assert [max(done, default=0) for done in embedded] == [5, 0]
    renamed = replace(five()[0], id="moved.txt")
    store.put([item(store, renamed)], lambda stage, done, total: embedded.append([total]))
    assert len(embedded) == 2


def test_all_of_it_lasts(place: Path | str) -> None:
    with Store.open(place) as store:
        put(store, *five())
        before = store.dense(QUESTION, 5), store.lexical("Varnhof", 5), store.articles()
    with opened(place) as store:
        assert (store.dense(QUESTION, 5), store.lexical("Varnhof", 5), store.articles()) == before


def test_text_that_is_no_unicode_is_one_clear_line(store: Store) -> None:
    with pytest.raises(ArchiveError, match="not valid Unicode"):
        put(store, article("odd.txt", "The bridge \ud800 was closed."))
    assert store.count() == (0, 0)
