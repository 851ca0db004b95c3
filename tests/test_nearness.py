"""Which of the candidates come first: those that speak of all that is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.retrieval.fusion import reciprocal_rank_fusion
from qa.retrieval.nearness import Nearness
from qa.retrieval.retriever import HybridRetriever
from tests.reports import QUESTION, article, ids, opened, put
from vectorstore.store import Store

ASKED = "How much did the ferry to Tull cost in 2019?"
# Each says one thing of the question over and over, the last one all of it once.
TULL = "Tull, Tull and Tull again: songs of Tull, walks on Tull, birds of Tull, maps of Tull."
YEARS = "In 2019 the ferry cost was 2019 crowns: 2019 was the ferry year, 2019 the cost year."
TOLD = (
    "The council published its accounts on Friday after a long debate about roads, schools and the"
    " new harbour wall. The ferry to Tull cost 81 crowns in 2019, said the treasurer, who left."
)


def level(_: str) -> float:
    return 0.01


def near(text: str, cosine: float = 0.5, fused: float = 0.1, question: str = ASKED) -> float:
    return Nearness(question, level).of(text, cosine, fused)


def test_what_says_all_that_is_asked_is_nearer_than_what_repeats_a_part() -> None:
    assert near(TOLD) > near(YEARS) > near(TULL) > near("A choir sang.")


def test_the_order_of_the_words_counts() -> None:
    asked = "Did Norway beat Denmark?"
    forward, backward = "Norway beat Denmark.", "Denmark beat Norway."
    assert near(forward, question=asked) > near(backward, question=asked)


def test_rare_words_count_for_more() -> None:
    shares = {"ferry": 0.5, "sailing": 0.5, "Tull": 0.001}
    nearness = Nearness("ferry sailing Tull", shares.__getitem__)
    assert nearness.of("Tull", 0, 0) > nearness.of("A ferry. It was sailing.", 0, 0)


def test_meaning_and_rank_decide_between_equal_words() -> None:
    assert near(TULL, cosine=0.6) > near(TULL, cosine=0.4)
    assert near(TULL, fused=0.3) > near(TULL, fused=0.1)


@pytest.mark.parametrize("question", ["???", "who was it", "橋の建設はいつ"])
def test_a_question_without_a_telling_word_has_meaning_and_rank(question: str) -> None:
    assert near(TULL, 0.6, question=question) > near(TULL, 0.4, question=question) > 0


def test_of_a_page_given_as_a_question_only_the_beginning_is_looked_up() -> None:
    asked: list[str] = []

    def counting(word: str) -> float:
        asked.append(word)
        return 0.01

    Nearness(" ".join(f"word{n}" for n in range(5000)), counting)
    assert len(asked) < 100


def test_the_retriever_puts_first_what_fusion_did_not(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        put(store, article("tull.txt", TULL, title="Tull"), article("years.txt", YEARS))
        put(store, article("told.txt", TOLD), article("fares.txt", "Ferry fares to Tull rise."))
        halves = [ids(half) for half in (store.dense(ASKED, 9), store.lexical(ASKED, 9))]
        assert reciprocal_rank_fusion(halves)[0][0] != "told.txt"
        found = HybridRetriever(store).retrieve(ASKED)
        assert found[0].passage.article_id == "told.txt"
        scores = [one.score for one in found]
        assert len(scores) == 4
        assert scores == sorted(scores, reverse=True)


def test_cosines_are_those_of_the_search_and_leave_out_what_is_gone(reports: Store) -> None:
    found = dict(reports.dense(QUESTION, 5))
    given = [*reversed(found), "gone.txt#0-10"]
    cosines = reports.cosines(QUESTION, given)
    assert list(cosines) == given[:-1]
    assert cosines == pytest.approx(found, abs=1e-4)
    assert reports.cosines(QUESTION, []) == {}


def test_the_question_embedded_last_is_not_taken_for_another(reports: Store) -> None:
    first = reports.embedding.encode_query(QUESTION)
    other = reports.embedding.encode_query(ASKED)
    assert (reports.embedding.encode_query(QUESTION) == first).all()
    assert first @ other < 0.9
