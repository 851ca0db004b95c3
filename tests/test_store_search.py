"""A search of the store: by meaning and by word, within a filter, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import QUESTION, article, day, ids, item, many, opened, put
from vectorstore.records import Filter
from vectorstore.store import Store


@pytest.fixture(scope="module")
def crowd(
    shared_place: Path | str, tmp_path_factory: pytest.TempPathFactory, request: Any
) -> Iterator[Store]:
    """Some hundred reports much like each other, which no test changes."""
    place = tmp_path_factory.mktemp("crowd")
    if isinstance(shared_place, str):
        place = request.getfixturevalue("postgres").database()
    with opened(place) as store:
        put(store, *many(160, sentences=2))
        yield store


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
        (Filter(outlet=("COURIER", "nobody")), {"bridge.txt", "ferry.txt", "strike.txt"}),
        (Filter(outlet=()), set()),
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
    allowed = [node.id for report in crowd.articles(where) for node in item(crowd, report)[1]]
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
