"""What people say of answers, as gold pairs that the evaluation runs."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from qa import Assistant, Feedback, FootnoteError
from qa.evaluation import evaluate
from qa.evaluation.check import check
from qa.evaluation.library import Library
from tests.conftest import ROOT

RECEIVED = "Who received Choe Son Hui in Moscow?"
MISSED = "Which club won the chess olympiad in Budapest?"


@pytest.fixture
def feedback(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "feedback.jsonl")


def test_the_evaluation_runs_what_thumbs_say_as_it_is(seeds: Assistant, feedback: Feedback) -> None:
    article = seeds.article(seeds.ask(RECEIVED).citations[0].article_id)
    passage = "  “" + " \n ".join(article.text.split()[:12]) + "”"
    history = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hello."}]
    feedback.right(feedback.asked(RECEIVED), seeds.ask(RECEIVED))
    feedback.absent(feedback.asked(MISSED, history, since=date(2020, 1, 1)))
    feedback.wrong(feedback.asked("Who went where?"), [article], "Nobody at all", "")
    feedback.wrong(feedback.asked("What happened?"), seeds.articles(), "", passage)
    found = feedback.read()
    assert not found.problems
    assert not [
        one for one in check(found, Library(seeds.articles())).problems if "Nobody" not in str(one)
    ]
    assert [pair.kind for pair in found.pairs] == [
        "thumbs up", "not there", "thumbs down", "thumbs down",
    ]  # fmt: skip
    assert found.pairs[3].quotes[0] in article.text
    assert found.pairs[3].articles == (article.id,)
    outcomes = evaluate(seeds, found.pairs, name="thumbs").outcomes
    assert [one.right for one in outcomes[:3]] == [True, True, False]
    assert found.pairs[1].history == tuple(history)
    assert found.pairs[1].since == "2020-01-01"


def test_what_a_question_was_narrowed_to_is_part_of_the_test(
    seeds: Assistant, feedback: Feedback
) -> None:
    article = seeds.ask(RECEIVED).citations[0].article_id
    other = next(
        one.id for one in seeds.articles() if not seeds.ask(RECEIVED, article_ids=[one.id]).answered
    )
    outlets = seeds.outlets()[:2]
    for within in (article, other):
        where = {"outlet": outlets, "article_ids": [within]}
        feedback.right(feedback.asked(RECEIVED, **where), seeds.ask(RECEIVED, article_ids=[within]))
    one, missed = feedback.read().pairs
    assert (one.within, one.outlet, one.answerable) == ((article,), tuple(outlets), True)
    assert (missed.within, missed.answerable) == ((other,), False)
    assert evaluate(seeds, [missed], name="narrow").outcomes[0].right


def test_what_cannot_be_a_test_is_one_line_and_adds_nothing(
    seeds: Assistant, feedback: Feedback
) -> None:
    for right, passage in (("", " \n"), ("Lavrov", "words that stand in no article")):
        with pytest.raises(FootnoteError) as told:
            feedback.wrong(feedback.asked(RECEIVED), seeds.articles(), right, passage)
        assert "\n" not in str(told.value)
    assert feedback.read().pairs == []


def test_a_thumb_is_taken_back_and_no_other_goes(seeds: Assistant, feedback: Feedback) -> None:
    lines = [feedback.absent(feedback.asked(question)) for question in ("A?", "B?\u2028", "A?")]
    feedback.take_back(lines[0])
    feedback.take_back("never said")
    assert [pair.question for pair in feedback.read().pairs] == ["A?", "B?"]
    feedback.right(feedback.asked("C\ud800?"), seeds.ask(MISSED))
    assert feedback.read().pairs[2].question == "C??"
    assert not feedback.read().pairs[2].answerable


def test_the_command_lists_them(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "feedback.jsonl")
    command = [sys.executable, "-m", "qa", "feedback", "--archive", str(tmp_path)]

    def said(*options: str) -> str:
        done = subprocess.run(
            [*command, *options], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout + done.stderr

    assert "Nothing yet" in said()
    feedback.absent(feedback.asked("Who \x1b[31mwon?"))
    shown = said()
    assert "not there: Who " in shown
    assert "\x1b" not in shown
    assert f"footnote evaluate {feedback.file}" in shown
    (pair,) = json.loads(said("--json").partition("footnote:")[0])
    assert pair["answerable"] is False
