"""An evaluation of answers that are known beforehand: every figure can be redone by hand."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from qa.errors import SettingError, UnreadableFile
from qa.evaluation import Report, evaluate
from qa.evaluation.diagnosis import NOT_INDEXED, SHOULD_HAVE_REFUSED, WRONG_SPAN, WRONGLY_REFUSED
from tests.known_answers import ANSWERS, ARTICLES, GOLD, REFUSED, said, value


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(lambda question: ANSWERS[question], GOLD, articles=ARTICLES, name="by-hand")


def test_squad_figures_agree_with_the_definition(report: Report) -> None:
    # Exact: 1, 0, refused 0, not refused 0, refused 1, 0: two of six.
    assert value(report, "answer_em") == pytest.approx(2 / 6, abs=1e-4)
    # "opened in 1931" against "in 1931": precision 2/3, recall 1, so 4/5.
    assert value(report, "answer_f1") == pytest.approx((1 + 4 / 5 + 0 + 0 + 1 + 0) / 6, abs=1e-4)
    # Held by three answerable texts of four: not by the refusal, not by the wrong name.
    assert value(report, "holds") == pytest.approx(2 / 4)
    assert report.figures["holds"].n == 4


def test_retrieval_figures(report: Report) -> None:
    # Of the three questions whose article is there: first, second, nothing found.
    assert value(report, "hit@1") == pytest.approx(1 / 3)
    assert value(report, "hit@5") == pytest.approx(2 / 3)
    assert value(report, "mrr@10") == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert report.figures["hit@1"].n == 3


def test_citation_figures(report: Report) -> None:
    # Two answers to questions with an article: one of two quotes is right in both.
    assert value(report, "citation_precision") == pytest.approx(1 / 2)
    assert value(report, "first_citation") == pytest.approx(1 / 2)
    assert value(report, "citation_recall") == pytest.approx((1 + 1 + 0) / 3)
    assert value(report, "quotes_verified") == 1


def test_refusal_figures(report: Report) -> None:
    # Refused: one answerable, one not. Not answerable: two.
    assert value(report, "refusal_precision") == pytest.approx(1 / 2)
    assert value(report, "refusal_recall") == pytest.approx(1 / 2)
    assert value(report, "refusal_f1") == pytest.approx(1 / 2)
    # By confidence: right .9, right .6, wrong .5, wrong .4, two refusals at .2 that hold nothing.
    risks = (0, 0, 1 / 3, 2 / 4, 3 / 5, 4 / 6)
    assert value(report, "aurc") == pytest.approx(sum(risks) / 6)
    assert value(report, "accuracy@80") == pytest.approx(1 - 3 / 5)
    # Bins: .2 twice and wrong, .4 wrong, .5 wrong, .6 right, .9 right.
    assert value(report, "ece") == pytest.approx((0.2 * 2 + 0.4 + 0.5 + 0.4 + 0.1) / 6)


def test_each_failure_is_told_why(report: Report) -> None:
    assert [one.diagnosis.partition(" (")[0] for one in report.outcomes] == [
        "",
        "",
        "not retrieved",
        SHOULD_HAVE_REFUSED,
        "",
        NOT_INDEXED,
    ]
    assert report.diagnoses["not retrieved"] == 1
    wrong = evaluate(lambda _: said("1902", cites="b"), GOLD[:1], articles=ARTICLES)
    assert wrong.outcomes[0].diagnosis == WRONG_SPAN
    found = replace_found(REFUSED, "b")
    refused = evaluate(lambda _: found, GOLD[:1], articles=ARTICLES)
    assert refused.outcomes[0].diagnosis == WRONGLY_REFUSED


def replace_found(answer: SimpleNamespace, finds: str) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(answer), "nearest": said("x", finds=finds).nearest})


def test_intervals_hold_their_figure(report: Report) -> None:
    for name, figure in report.figures.items():
        assert figure.low <= figure.value + 1e-9, name
        assert figure.high >= figure.value - 1e-9, name
    assert report.figures["answer_em"].low < report.figures["answer_em"].high


def test_the_breakdown_counts_each_part(report: Report) -> None:
    parts = report.breakdown
    assert {name: part["answer_em"].n for name, part in parts["type"].items()} == {
        "a": 1,
        "answerable": 3,
        "unanswerable": 2,
    }
    assert parts["outlet"]["The Tide"]["hit@1"].value == pytest.approx(1 / 2)
    assert parts["article"]["tower.txt"]["citation_recall"].value == 0


def test_a_report_comes_back_as_it_was_saved(report: Report, tmp_path: Path) -> None:
    report.save(tmp_path / "run.json")
    back = Report.load(tmp_path / "run.json")
    assert back.outcomes == report.outcomes
    assert back.figures == report.figures
    plain = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert plain["figures"]["answer_em"]["value"] == pytest.approx(2 / 6)
    assert plain["about"]["archive"]["articles"] == 2
    (tmp_path / "other.json").write_text('{"a": 1}')
    with pytest.raises(UnreadableFile, match="no evaluation of ours"):
        Report.load(tmp_path / "other.json")


def test_rows_are_flat(report: Report) -> None:
    rows = report.rows()
    assert len(rows) == len(GOLD)
    assert rows[0]["answer_f1"] == 1
    assert all(isinstance(v, str | float | int | bool | None) for row in rows for v in row.values())


def test_requirements(report: Report) -> None:
    assert report.failing(["hit@5>=0.6", "aurc < 0.5", "quotes_verified>=1"]) == []
    (line,) = report.failing(["refusal_f1>=0.8"])
    assert line == "refusal_f1 is 0.5: it must be >= 0.8"
    assert "could not be measured" in report.failing(["faithfulness>=0.1"])[0]
    for bad in ("hit@5", "hit@5>=", "accuracy>=0.5", "hit@5=>1"):
        with pytest.raises(SettingError, match="--require"):
            report.failing([bad])


def test_a_comparison_pairs_the_questions(report: Report) -> None:
    better = {**ANSWERS, "Who finished it?": said("Otto Brandt", cites="t")}
    better["Who designed it?"] = REFUSED
    other = evaluate(lambda q: better[q], GOLD[1:] + GOLD[:1], articles=ARTICLES, name="b")
    found = report.compare(other)
    assert found.questions == len(GOLD)
    assert [flip.before.gold.question for flip in found.mended] == ["Who finished it?"]
    assert [flip.before.gold.question for flip in found.broken] == ["Who designed it?"]
    change = found.differences["answer_em"]
    assert (change.before, change.after) == (pytest.approx(2 / 6), pytest.approx(2 / 6))
    assert change.value == pytest.approx(0)
    assert change.low < 0 < change.high
    same = report.compare(report)
    assert {one.p for one in same.differences.values()} == {1.0}
    assert {one.value for one in same.differences.values()} == {0.0}
    with pytest.raises(SettingError, match="no question in common"):
        report.compare(Report("empty", []))
