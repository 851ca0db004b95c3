"""An evaluation of answers that are known beforehand: every figure can be redone by hand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from qa.errors import FootnoteError, SettingError, UnreadableFile
from qa.evaluation import Gold, Report, evaluate
from qa.evaluation.diagnosis import NOT_INDEXED, SHOULD_HAVE_REFUSED, WRONG_SPAN, WRONGLY_REFUSED
from qa.records import Article

BRIDGE = "The Orm Bridge opened in 1931. It was designed by Ada Renner."
TOWER = "The Vik Tower was finished in 1902 by Otto Brandt."
ARTICLES = [
    Article(id=name, title=title, outlet=outlet, published=None, url="", text=text, path=name)
    for name, title, outlet, text in (
        ("bridge.txt", "The bridge", "The Tide", BRIDGE),
        ("tower.txt", "The tower", "Coast News", TOWER),
    )
]


def said(
    short: str, text: str = "", cites: str = "", confidence: float = 0.9, finds: str = ""
) -> SimpleNamespace:
    """An answer as a callable may give it: `cites` and `finds` are initials of articles."""
    texts = {"b": ("bridge.txt", BRIDGE), "t": ("tower.txt", TOWER)}
    return SimpleNamespace(
        text=text or f"{short}. [1]",
        short=short,
        answered=bool(short or text),
        confidence=confidence,
        citations=[SimpleNamespace(article_id=texts[c][0], quote=texts[c][1]) for c in cites],
        nearest=[SimpleNamespace(article_id=texts[c][0], text=texts[c][1]) for c in finds or cites],
    )


REFUSED = SimpleNamespace(text="No.", short="", answered=False, confidence=0.2, nearest=[])
GOLD = [
    Gold(question="Who designed it?", answers=("Ada Renner",), articles=("bridge.txt",), type="a"),
    Gold(question="When did it open?", answers=("1931", "in 1931"), articles=("bridge.txt",)),
    Gold(question="Who finished it?", answers=("Otto Brandt",), articles=("The tower",)),
    Gold(question="Who paid?", answerable=False),
    Gold(question="Who sang?", answerable=False),
    Gold(question="Who swam?", answers=("Nobody",), articles=("lake.txt",)),
]
ANSWERS = {
    "Who designed it?": said("Ada Renner", cites="bt", confidence=0.9),
    "When did it open?": said("opened in 1931", cites="tb", confidence=0.6),
    "Who finished it?": REFUSED,
    "Who paid?": said("Ada Renner", cites="b", confidence=0.4),
    "Who sang?": REFUSED,
    "Who swam?": said("Otto Brandt", cites="t", confidence=0.5),
}


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(lambda question: ANSWERS[question], GOLD, articles=ARTICLES, name="by-hand")


def value(report: Report, name: str) -> float:
    return report.figures[name].value


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


def test_passages_that_were_not_read_are_told_apart() -> None:
    answer = said("1902", cites="t", finds="tb")
    outcome = evaluate(lambda _: answer, GOLD[:1], articles=ARTICLES).outcomes[0]
    assert outcome.diagnosis == "retrieved but not read (rank 2)"


def test_no_articles_are_an_error() -> None:
    with pytest.raises(FootnoteError, match="no articles"):
        evaluate(lambda _: "x", GOLD)


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


def test_a_quote_that_is_not_in_its_article_is_not_verified() -> None:
    answer = said("Ada Renner", cites="b")
    answer.citations[0].quote = "It was designed by Ada Renner, they say."
    report = evaluate(lambda _: answer, GOLD[:1], articles=ARTICLES)
    assert value(report, "quotes_verified") == 0


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


def test_a_cut_run_goes_on_where_it_was(tmp_path: Path) -> None:
    journal = tmp_path / "run.journal"
    asked: list[str] = []

    def answer(question: str) -> SimpleNamespace:
        asked.append(question)
        if len(asked) == 5:
            raise KeyboardInterrupt
        return ANSWERS[question]

    with pytest.raises(KeyboardInterrupt):
        evaluate(answer, GOLD, articles=ARTICLES, journal=journal)
    done = journal.read_text("utf-8").count('"outcome"')
    assert 0 < done < len(GOLD)
    with journal.open("a", encoding="utf-8") as half:
        half.write('\n{"key": "cut in the midd')
    before = len(asked)
    report = evaluate(answer, GOLD, articles=ARTICLES, journal=journal)
    assert len(asked) - before == 1 + len(GOLD) - done  # the warm-up, and what was missing
    assert report.about["asked_now"] == len(GOLD) - done
    whole = evaluate(counting([]), GOLD, articles=ARTICLES)
    assert [one.marks for one in report.outcomes] == [one.marks for one in whole.outcomes]


def test_what_failed_is_asked_again(tmp_path: Path) -> None:
    journal = tmp_path / "run.journal"
    up = False

    def answer(question: str) -> SimpleNamespace:
        if not up:
            raise ConnectionError("the server is down")
        return ANSWERS[question]

    with pytest.raises(FootnoteError, match="the server is down"):
        evaluate(answer, GOLD, articles=ARTICLES, journal=journal)
    up = True
    assert evaluate(answer, GOLD, articles=ARTICLES, journal=journal).outcomes[0].right


def test_one_run_at_a_time_writes_a_journal(tmp_path: Path) -> None:
    journal = tmp_path / "run.journal"

    def nested(question: str) -> SimpleNamespace:
        if journal.exists():  # not yet at the warm-up
            with pytest.raises(SettingError, match="another run"):
                evaluate(counting([]), GOLD[:1], articles=ARTICLES, journal=journal)
        return ANSWERS[question]

    report = evaluate(nested, GOLD[:2], articles=ARTICLES, journal=journal)
    assert not any(one.error for one in report.outcomes)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[1]", b'{"a": 1}\n{"key": 3}', b"nonsense"])
def test_a_file_that_is_no_journal_is_put_aside(tmp_path: Path, content: bytes) -> None:
    journal = tmp_path / "run.journal"
    journal.write_bytes(content)
    evaluate(counting([]), GOLD, articles=ARTICLES, journal=journal)
    assert (tmp_path / "run.journal.1").read_bytes() == content


def test_a_journal_of_another_run_is_put_aside(tmp_path: Path) -> None:
    journal = tmp_path / "run.journal"
    evaluate(counting([]), GOLD, articles=ARTICLES, journal=journal, about={"threshold": 1})
    kept = journal.read_text("utf-8")
    asked: list[str] = []
    evaluate(counting(asked), GOLD, articles=ARTICLES, journal=journal, about={"threshold": 2})
    assert len(asked) == 1 + len(GOLD)
    assert (tmp_path / "run.journal.1").read_text("utf-8") == kept


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


def counting(asked: list[str]) -> Callable[[str], SimpleNamespace]:
    """Answers as known, and writes down what was asked."""

    def answer(question: str) -> SimpleNamespace:
        asked.append(question)
        return ANSWERS[question]

    return answer


def replace_found(answer: SimpleNamespace, finds: str) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(answer), "nearest": said("x", finds=finds).nearest})


def test_gold_keys_tell_pairs_apart() -> None:
    assert GOLD[0].key == replace(GOLD[0]).key
    assert GOLD[0].key != replace(GOLD[0], outlet="The Tide").key
    twice = evaluate(counting([]), [GOLD[0], GOLD[0]], articles=ARTICLES)
    assert len(twice.outcomes) == 2
    assert twice.compare(twice).questions == 2
