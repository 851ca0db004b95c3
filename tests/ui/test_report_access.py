"""The page of an evaluation on a phone, in the dark, from the keyboard, and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.evaluation import Report
from tests.ui.outcomes import PAIRS
from tests.ui.steps import PHONE, contrast, expect, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.ui.watch import Desk

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


def test_the_keyboard_is_enough(look: Desk, report: Report) -> None:
    page = look(report)
    page.get_by_role("searchbox").focus()
    page.keyboard.type("feeds the owl")
    expect(page.locator(".row")).to_have_count(1)
    tab_to(page.locator(".row > summary"), "Tab", at_most=7)
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
