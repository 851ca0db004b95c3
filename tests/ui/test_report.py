"""The page of an evaluation: what it shows, and that it keeps to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qa import Assistant
from qa.evaluation import Gold, Report, evaluate, load_gold
from qa.evaluation.diagnosis import NOT_READ, SHOULD_HAVE_REFUSED, WHAT_MENDS
from qa.evaluation.outcome import Cited, Found, Outcome
from qa.evaluation.page import render, write_page
from tests.conftest import SEEDS
from tests.ui.steps import expect
from tests.ui.test_access import PHONE, contrast

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

PAIRS = 12
TAGS = "</script><img src=x onerror=window.pwned=1><!--<script>window.pwned=2</script>"
EVIL = f"evil.md{TAGS}\"'"
HOSTILE = Outcome(
    Gold(
        question=f"Who feeds the owl {TAGS}?",
        answers=(f"Otto Lang {TAGS}",),
        articles=(EVIL,),
        quotes=(f"Otto Lang feeds the owl {TAGS}.",),
        history=({"role": f"user {TAGS}", "content": f"Is there an owl {TAGS}?"},),
        type=f'odd" {TAGS}',
    ),
    (EVIL,),
    text=f"The mayor {TAGS} [1]",
    short=f"the mayor {TAGS}",
    answered=True,
    confidence=0.91,
    cited=(Cited(EVIL, f"The cave {TAGS}", f"The mayor said so {TAGS}", False, True),),
    found=(Found(EVIL, f"The cave {TAGS}", 0, 9, f"It has ninety bats {TAGS}", True, False),),
    seconds={"retrieve": 0.01, "read": 0.1, "total": 0.12},
    marks={"answer_f1": 0.0, "holds": 0.0, "hit@5": 1.0},
    right=False,
    sure=False,
    diagnosis=f"{NOT_READ} (rank 14)",
)
TOO_BOLD = Outcome(
    Gold(question="When did the owl become mayor?", answerable=False, type="near_miss"),
    (),
    text="On Monday. [1]",
    short="Monday",
    answered=True,
    confidence=0.6,
    right=False,
    sure=False,
    diagnosis=SHOULD_HAVE_REFUSED,
)


@pytest.fixture(scope="session")
def run(seeds: Assistant) -> Report:
    """A few of the seeds' own questions, asked."""
    pairs = load_gold(SEEDS / "gold.jsonl").pairs
    return evaluate(seeds, pairs[:: len(pairs) // PAIRS][:PAIRS], name="a small run")


@pytest.fixture(scope="session")
def report(run: Report) -> Report:
    """The same, with failures whatever the reader can do, and with tags wherever words may be."""
    about = run.about | {
        "gold": f"gold {TAGS}.jsonl",
        "config": {f"reader {TAGS}": TAGS},
        "outlets": run.about["outlets"] | {EVIL: f"Evil & Sons {TAGS}"},
    }
    return Report(f"run {TAGS}", [*run.outcomes, HOSTILE, TOO_BOLD], about)


class Desk:
    """Opens reports, and afterwards sees that nothing ran or was fetched."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._path = folder / "deep" / "report.html"
        self._pages: list[Page] = []
        self._wrong: list[str] = []

    def __call__(self, report: Report, baseline: Report | None = None, **context: Any) -> Page:
        write_page(report, self._path, baseline)
        page = self._browser.new_context(**context).new_page()
        page.set_default_timeout(15_000)
        page.on("dialog", lambda dialog: self._wrong.append(f"dialog: {dialog.message}"))
        page.on("pageerror", lambda error: self._wrong.append(f"error: {error}"))
        page.on("console", lambda line: self._wrong.append(f"console: {line.text}"))
        page.on("request", self._look_at)
        page.goto(self._path.as_uri())
        self._pages.append(page)
        return page

    def _look_at(self, request: Request) -> None:
        if request.url != self._path.as_uri() and not request.url.startswith("data:"):
            self._wrong.append(f"request: {request.url}")

    def close(self) -> None:
        ran = [page.evaluate("window.pwned") for page in self._pages]
        for page in self._pages:
            page.context.close()
        assert not self._wrong
        assert set(ran) <= {None}


@pytest.fixture
def look(browser: Browser, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(browser, tmp_path)
    yield desk
    desk.close()


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


def test_the_keyboard_is_enough(look: Desk, report: Report) -> None:
    page = look(report)
    page.get_by_role("searchbox").focus()
    page.keyboard.type("feeds the owl")
    expect(page.locator(".row")).to_have_count(1)
    for _ in range(7):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.row > summary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".row .body")).to_be_visible()


def test_a_phone_scrolls_one_way(look: Desk, report: Report) -> None:
    page = look(report, report, **PHONE)
    page.locator(".row > summary").nth(PAIRS).click()
    for summary in page.locator("figure summary, .settings summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = page.locator("button:visible, select:visible, input:visible").evaluate_all(
        "all => all.filter(e => e.offsetHeight < 44).map(e => e.outerHTML)"
    )
    assert not small


GROUND = """element => {
  const hex = (colour) => '#' + colour.match(/[0-9.]+/g).slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, '0')).join('');
  const clear = (colour) => /, 0\\)$/.test(colour);
  let under = element;
  while (clear(getComputedStyle(under).backgroundColor)) under = under.parentElement;
  const style = getComputedStyle(element);
  const ink = element.closest('svg') ? style.fill : style.color;
  return [hex(ink), hex(getComputedStyle(under).backgroundColor)];
}"""
MAIN = (
    "h1", "dt", "dd", ".card h3", ".card code", ".value", ".card .note", "figcaption", ".plot text",
    ".reason", ".reason small", ".parts td", ".parts th", ".parts code", ".listing button",
    "#filters label", "#filters select", "#status", ".asked", ".said", ".kind", ".why",
    ".mark.wrong", ".body .fault", ".body .text", ".body .note", ".badge.good", ".badge.bad",
    ".snippet", ".body h4", "#masthead a", "#theme",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_by_day_and_by_night(look: Desk, report: Report, scheme: str) -> None:
    page = look(report, color_scheme=scheme)
    page.locator(".row > summary").nth(PAIRS).click()
    colours = {css: tuple(page.locator(css).first.evaluate(GROUND)) for css in MAIN}
    weak = {css: pair for css, pair in colours.items() if contrast(*pair) < 4.5}
    assert not weak
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.locator("h1").evaluate(GROUND) != list(colours["h1"])


def test_figures_and_plots_do_without_scripts(look: Desk, browser: Browser, report: Report) -> None:
    # The desk cannot ask a page without scripts what has run.
    page = look(report)
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(page.url)
    expect(plain.locator("#headline .value").first).to_contain_text(f"of {PAIRS + 2}")
    assert plain.locator("svg.plot[aria-label]").count() == 3
    expect(plain.locator("noscript .empty")).to_be_visible()
    expect(plain.locator("#filters")).to_be_hidden()
    plain.context.close()


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
