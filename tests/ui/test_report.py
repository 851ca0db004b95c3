"""The page of an evaluation: what it shows, and that it keeps to itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.evaluation import Report
from qa.evaluation.diagnosis import NOT_READ, WHAT_MENDS
from qa.evaluation.outcome import Outcome
from qa.evaluation.page import render
from tests.ui.outcomes import HOSTILE, PAIRS, TAGS, TOO_BOLD
from tests.ui.steps import expect

if TYPE_CHECKING:
    from tests.ui.watch import Desk


def test_no_resource_lies_outside_the_page(run: Report) -> None:
    html = render(run)
    assert "http://" not in html
    assert "https://" not in html
    assert "default-src 'none'" in html
    assert set(re.findall(r"""\s(?:src|href)=["']?([^"'>#]*)""", html)) <= {"", "data:,"}


def test_whatever_is_not_known_is_left_out() -> None:
    for bare in (Report("bare", [HOSTILE]), Report("bare", [])):
        assert "Finished" not in render(bare)
    partly = render(Report("partly", [HOSTILE], {"finished": "soon", "archive": {"articles": 1}}))
    assert "<dd>soon</dd>" in partly
    assert "<dd>1 article</dd>" in partly


def test_a_diagnosis_leads_to_its_questions(look: Desk, report: Report) -> None:
    page = look(report)
    rows = page.locator(".row")
    expect(rows).to_have_count(PAIRS + 2)
    for name, count in report.diagnoses.items():
        page.locator(f"[data-diagnosis='{name}']").click()
        expect(rows).to_have_count(count)
        assert {why.partition(" (")[0] for why in rows.locator(".why").all_inner_texts()} == {name}
        expect(page.locator("#questions-title")).to_be_focused()
    page.get_by_role("button", name="Clear").click()
    expect(rows).to_have_count(PAIRS + 2)
    page.locator("[name=verdict]").select_option("wrong")
    expect(rows).to_have_count(sum(one.right is False for one in report.outcomes))


def test_types_outlets_and_articles_lead_to_their_questions(look: Desk, report: Report) -> None:
    page = look(report)
    for by, parts in report.breakdown.items():
        buttons = page.locator(f"#breakdown [data-{by}]")
        expect(buttons).to_have_count(len(parts))
        for button in buttons.all():
            name = button.get_attribute(f"data-{by}") or ""
            button.click()
            count = sum(name in _groups(one, report) for one in report.outcomes)
            expect(page.locator(".row")).to_have_count(count)


def _groups(one: Outcome, report: Report) -> set[str]:
    return {one.gold.kind, *one.articles, *(report.outlets.get(id_, "") for id_ in one.articles)}


def test_a_row_opens_to_the_answer_and_the_gold(look: Desk, report: Report) -> None:
    page = look(report)
    row = page.locator(".row", has_text="feeds the owl")
    expect(row.locator(".body")).to_have_count(0)
    row.locator("summary").click()
    body = row.locator(".body")
    for words in (
        "the mayor", "Otto Lang", "Otto Lang feeds the owl", "Is there an owl", "The cave",
        "The mayor said so", "no proof", "verbatim", "right article", "ninety bats",
        "retrieve 10.0", "in all 120.0 ms", "rank 14", WHAT_MENDS[NOT_READ], "Evil & Sons",
    ):  # fmt: skip
        expect(body).to_contain_text(words)
    asked = report.outcomes[0]
    first = page.locator(".row").first
    first.locator("summary").click()
    for words in (*asked.gold.answers, *asked.gold.quotes, asked.short or asked.text):
        expect(first.locator(".body")).to_contain_text(words)


def test_words_find_their_questions(look: Desk, report: Report) -> None:
    page = look(report)
    box, rows = page.get_by_role("searchbox"), page.locator(".row")
    box.fill("OTTO lang")
    expect(rows).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text(f"1 of {PAIRS + 2} questions")
    box.fill("no question says this")
    expect(rows).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("No question matches")
    page.get_by_role("button", name="Clear").click()
    expect(rows).to_have_count(PAIRS + 2)


def test_hostile_words_stay_words(look: Desk, report: Report) -> None:
    page = look(report, replace(report, name=f"other {TAGS}"))
    for summary in page.locator(".row > summary").all():
        summary.click()
    expect(page.locator("h1")).to_have_text(f"run {TAGS}")
    expect(page.locator(".row .asked", has_text="owl").first).to_contain_text(TAGS)
    assert (page.locator("img").count(), page.locator("script").count()) == (0, 2)


def test_many_questions_come_a_hundred_at_a_time(look: Desk, report: Report) -> None:
    page = look(Report("many", [HOSTILE, *[TOO_BOLD] * 149]))
    expect(page.locator(".row")).to_have_count(100)
    page.get_by_role("button", name="Show 50 more").press("Enter")
    expect(page.locator(".row")).to_have_count(150)
    expect(page.locator(".row > summary").nth(100)).to_be_focused()
    expect(page.locator("#more")).to_be_hidden()


def test_a_baseline_stands_beside_every_figure(look: Desk, report: Report) -> None:
    page = look(report, Report("the other", report.outcomes[:PAIRS], report.about))
    assert page.locator(".card .beside").count() == 8
    expect(page.locator(".card .beside").first).to_contain_text("the other")


def test_what_is_not_there_says_so(look: Desk, run: Report) -> None:
    right = replace(run.outcomes[0], right=True, sure=True, diagnosis="")
    page = look(Report("one", [right]))
    expect(page.locator("#failures .empty")).to_contain_text("Nothing failed")
    expect(page.locator(".card", has_text="refusal_f1")).to_contain_text("has an answer")
    expect(page.get_by_role("status")).to_have_text("1 question")
    page = look(Report("none", []))
    expect(page.get_by_role("status")).to_have_text("No question was asked.")
    assert page.locator("svg").count() == 0
