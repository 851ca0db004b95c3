"""Answers judged by a language model: a scripted server, which also misbehaves."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import SimpleNamespace

import pytest

from qa.config import Config
from qa.errors import FootnoteError, SettingError
from qa.evaluation import evaluate
from qa.evaluation.baseline import Baseline
from qa.evaluation.judge import Judge
from qa.llm.opening import open_llm
from tests.known_answers import ARTICLES, GOLD, REFUSED, said
from tests.llm_server import Status, llm_server


def judging(prompt: str) -> str:
    """Answers both of LlamaIndex's evaluators, by what they ask for."""
    if "YES or NO" in prompt or "YES if" in prompt:
        return "YES" if "Ada Renner" in prompt.rpartition("Information:")[2] else "NO"
    return "4.0\nIt says what the reference says."


def judge_at(url: str) -> Judge:
    config = Config(llm="scripted", llm_url=url, llm_key="s3cret")
    return Judge(open_llm(config), config)


def test_the_judges_marks_become_figures() -> None:
    with llm_server(judging) as server:
        judge = judge_at(server.url)
        report = evaluate(
            lambda _: said("Ada Renner", cites="b"), GOLD[:2], articles=ARTICLES, judge=judge
        )
    assert report.figures["correctness"].value == 4
    assert report.figures["faithfulness"].n == 2
    assert {request["model"] for request in server.requests} == {"scripted"}
    assert {request["key"] for request in server.requests} == {"Bearer s3cret"}
    assert len(server.requests) == 4


def test_what_the_judge_leaves_open_is_left_out() -> None:
    with llm_server(lambda _: "I would rather not say.") as server:
        judge = judge_at(server.url)
        report = evaluate(
            lambda _: said("Ada Renner", cites="b"), GOLD[:1], articles=ARTICLES, judge=judge
        )
    assert "correctness" not in report.figures
    assert report.figures["answer_em"].value == 1


def test_a_judge_that_is_out_of_order_stops_the_run_with_one_line() -> None:
    with llm_server(lambda _: 500) as server:
        judge = judge_at(server.url)
        with pytest.raises(FootnoteError, match="FOOTNOTE_LLM_URL") as raised:
            evaluate(
                lambda _: said("Ada Renner", cites="b"), GOLD[:1], articles=ARTICLES, judge=judge
            )
    assert "\n" not in str(raised.value)


def test_a_server_that_repeats_the_key_does_not_show_it() -> None:
    said = Status(400, message="no such key: s3cret")
    with llm_server(lambda _: said) as server, pytest.raises(FootnoteError, match=": …") as raised:
        judge_at(server.url).marks(GOLD[0], "Ada Renner", ["Ada Renner led."])
    assert "s3cret" not in "".join(traceback.format_exception(raised.value))


def test_a_refusal_without_quotes_is_judged_for_correctness_only() -> None:
    with llm_server(judging) as server:
        judge = judge_at(server.url)
        refused = SimpleNamespace(**vars(REFUSED), citations=[])
        evaluate(lambda _: refused, GOLD[:1], articles=ARTICLES, judge=judge)
    assert len(server.requests) == 1


def test_the_baseline_asks_the_language_model_if_there_is_one(tmp_path: Path) -> None:
    with llm_server(lambda _: "Ada Renner did.") as server:
        baseline = Baseline(
            ARTICLES, tmp_path, open_llm(Config(llm="scripted", llm_url=server.url))
        )
        report = evaluate(baseline, GOLD[:1], articles=ARTICLES)
    assert report.outcomes[0].text == "Ada Renner did."
    assert report.figures["holds"].value == 1
    assert "The Orm Bridge" in server.requests[-1]["messages"][-1]["content"]


def test_no_language_model_is_set() -> None:
    with pytest.raises(SettingError, match="FOOTNOTE_LLM"):
        open_llm(Config())
    assert "s3cret" not in repr(Config(llm="x", llm_key="s3cret"))
