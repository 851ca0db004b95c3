"""What an evaluation takes for an answer, and which answers it takes for right."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from qa import Assistant
from qa.errors import FootnoteError
from qa.evaluation import Gold, evaluate
from tests.known_answers import ANSWERS, ARTICLES, BRIDGE, GOLD, TOWER, counting, said, value


@pytest.mark.parametrize(
    ("gold", "said_short", "right"),
    [
        ("North Korea", "South Korea", False),
        ("Sept. 12, 2023", "Sept. 13, 2023", False),
        ("3 million shells", "2 million shells", False),
        ("3 million", "at least 3 million rounds", True),
        ("at least 3 million", "3 million", True),
        ("the economic security of all member states", "security", False),
    ],
)
def test_sharing_words_does_not_make_an_answer_right(
    gold: str, said_short: str, right: bool
) -> None:
    pair = Gold(question="?", answers=(gold,))
    outcome = evaluate(lambda _: said(said_short), [pair], articles=ARTICLES).outcomes[0]
    assert outcome.right is right
    both = Gold(question="?", answers=(gold, "Nobody"), type="list")
    outcome = evaluate(lambda _: said(said_short), [both], articles=ARTICLES).outcomes[0]
    assert outcome.right is False


def test_lists_want_every_item() -> None:
    gold = Gold(
        question="Who built here?",
        answers=("Ada Renner", "Otto Brandt"),
        articles=("bridge.txt", "tower.txt"),
        quotes=("It was designed by Ada Renner.", TOWER),
        type="list",
    )
    half = evaluate(lambda _: said("Ada Renner", cites="b"), [gold], articles=ARTICLES)
    whole = evaluate(
        lambda _: said("Ada Renner and Otto Brandt", cites="bt"), [gold], articles=ARTICLES
    )
    assert value(half, "holds") == value(half, "citation_recall") == 1 / 2
    assert value(whole, "holds") == value(whole, "citation_recall") == 1
    # Four words of five are wanted: precision 4/5, recall 1.
    assert value(whole, "answer_f1") == pytest.approx(2 * 0.8 / 1.8)
    assert value(whole, "ndcg@10") == 1


def test_where_articles_differ_every_side_is_wanted_and_the_difference_told() -> None:
    differ = Gold(question="How many?", answers=("40", "52"), type="conflict")
    same = Gold(question="When did it open?", answers=("1931",))

    def tells(question: str) -> SimpleNamespace:
        told = said("40", "One says 40, the other 52.", confidence=0.9)
        return SimpleNamespace(**vars(told), conflicts=("a difference",))

    def hides(question: str) -> SimpleNamespace:
        return SimpleNamespace(**vars(said("40")), conflicts=())

    both = evaluate(tells, [differ, same], articles=ARTICLES)
    neither = evaluate(hides, [differ, same], articles=ARTICLES)
    assert [o.right for o in both.outcomes] == [True, False]
    assert [o.right for o in neither.outcomes] == [False, False]
    assert value(both, "conflicts_flagged") == value(both, "values_shown") == 1
    assert value(both, "conflicts_false") == 1
    assert value(neither, "conflicts_flagged") == value(neither, "conflicts_false") == 0
    assert value(neither, "values_shown") == 1 / 2
    assert both.figures["conflicts_flagged"].n == 1
    silent = evaluate(lambda _: said("40"), [differ], articles=ARTICLES)
    assert "conflicts_flagged" not in silent.figures


def test_a_quote_that_is_not_in_its_article_is_not_verified() -> None:
    answer = said("Ada Renner", cites="b")
    answer.citations[0].quote = "It was designed by Ada Renner, they say."
    report = evaluate(lambda _: answer, GOLD[:1], articles=ARTICLES)
    assert value(report, "quotes_verified") == 0


def test_passages_that_were_not_read_are_told_apart() -> None:
    answer = said("1902", cites="t", finds="tb")
    outcome = evaluate(lambda _: answer, GOLD[:1], articles=ARTICLES).outcomes[0]
    assert outcome.diagnosis == "retrieved but not read (rank 2)"


def test_a_plain_text_is_an_answer_without_short_ones() -> None:
    report = evaluate(lambda _: "Ada Renner did.", GOLD[:1], articles=ARTICLES)
    assert "answer_f1" not in report.figures
    assert value(report, "text_f1") == pytest.approx(2 * (2 / 3) / (2 / 3 + 1))
    assert report.outcomes[0].right


def test_a_callable_gets_what_it_takes() -> None:
    gold = replace(GOLD[0], outlet="The Tide", history=({"role": "user", "content": "Hi"},))
    got: dict[str, object] = {}

    def takes_outlet(question: str, outlet: str = "") -> str:
        got.update(outlet=outlet)
        return "Ada Renner"

    def takes_all(question: str, **others: object) -> str:
        got.update(others)
        return "Ada Renner"

    for subject in (takes_outlet, takes_all, lambda question: "Ada Renner"):
        assert not evaluate(subject, [gold], articles=ARTICLES).outcomes[0].error
    assert set(got) == {"outlet", "history"}


@pytest.mark.parametrize(
    "odd",
    [None, SimpleNamespace(text="x", citations=None, confidence=None, short=None, nearest=None),
     SimpleNamespace(text="x", confidence=float("nan")), SimpleNamespace(text="x", confidence=-3)],
)  # fmt: skip
def test_an_odd_answer_is_one_question_s_trouble(odd: object) -> None:
    answers = {GOLD[0].question: odd}
    report = evaluate(lambda q: answers.get(q, "1931"), GOLD[:2], articles=ARTICLES)
    assert bool(report.outcomes[0].error) is (odd is None)
    assert report.outcomes[1].right


def test_an_error_is_a_failed_question_and_only_errors_are_an_error() -> None:
    def asked(question: str) -> SimpleNamespace:
        if question == GOLD[0].question:
            raise ValueError("the endpoint is gone\nTraceback …")
        return ANSWERS[question]

    report = evaluate(asked, GOLD, articles=ARTICLES)
    first = report.outcomes[0]
    assert (first.error, first.right) == ("the endpoint is gone", False)
    assert report.outcomes[1].right
    assert value(report, "answer_em") == pytest.approx(1 / 6)
    with pytest.raises(FootnoteError, match="the endpoint is gone"):
        evaluate(asked, GOLD[:1], articles=ARTICLES)


def test_no_articles_are_an_error() -> None:
    with pytest.raises(FootnoteError, match="no articles"):
        evaluate(lambda _: "x", GOLD)


def test_jobs_change_nothing_but_the_order_of_asking() -> None:
    threads: set[int] = set()
    both = threading.Barrier(2, timeout=10)

    def asked(question: str) -> SimpleNamespace:
        threads.add(threading.get_ident())
        if question in ("Who designed it?", "When did it open?") and len(threads) > 1:
            both.wait()  # comes back only if two are under way at once
        return ANSWERS[question]

    one = evaluate(counting([]), GOLD, articles=ARTICLES)
    two = evaluate(asked, GOLD, articles=ARTICLES, jobs=2)
    assert [o.marks for o in one.outcomes] == [o.marks for o in two.outcomes]
    assert len(threads) >= 3  # this one, for the warm-up, and two of the pool


def test_what_is_answered_without_retrieval_has_no_ranking(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "archive") as assistant:
        (tmp_path / "bridge.txt").write_text(BRIDGE)
        assistant.ingest(tmp_path / "bridge.txt")
        pairs = [
            Gold(question="How many articles are there?", answers=("1",), articles=("bridge.txt",)),
            Gold(
                question="Who designed the Orm Bridge?",
                answers=("Ada Renner",),
                articles=("bridge.txt",),
            ),
        ]
        catalogue, fact = evaluate(assistant, pairs).outcomes
    assert "hit@5" not in catalogue.marks
    assert "holds" in catalogue.marks
    assert fact.marks["hit@5"] == 1


def test_a_callable_that_shows_nothing_it_found_found_nothing() -> None:
    report = evaluate(lambda _: said("Ada Renner"), GOLD[:1], articles=ARTICLES)
    assert value(report, "hit@5") == 0
    assert value(report, "answer_em") == 1
