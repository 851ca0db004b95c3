"""On a phone, in the dark, from the keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.ui.steps import PHONE, Chat, ask, contrast, expect, luminance, tab_to

if TYPE_CHECKING:
    from tests.ui.watch import Visits


def test_a_phone_gets_one_column_and_a_way_back(chat: Chat, visit: Visits) -> None:
    page = visit(chat, **PHONE)
    ask(page, "Who measured the river Marne?")
    for opener in (page.locator(".ref").first, page.locator("#to-shelf")):
        opener.click()
        expect(page.locator("#side")).to_be_in_viewport(ratio=0.99)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator("#side").evaluate("side => side.scrollWidth") <= 390
        back = page.get_by_role("button", name="Back").locator("visible=true")
        expect(back).to_be_in_viewport()
        back.click()
        expect(page.locator("#question textarea")).to_be_in_viewport()
        expect(back).to_have_count(0)
    page.locator(".ref").first.click()
    expect(page.locator("#evidence mark")).to_be_visible()
    page.go_back()
    expect(page.locator(".turn .answer")).to_be_in_viewport()
    small = page.locator("button:visible, summary:visible, select:visible").evaluate_all(
        "all => all.filter(e => !e.matches('.ref')).map(e => [e.outerHTML, e.offsetHeight])"
        ".filter(([, height]) => height < 44)"
    )
    assert not small


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_and_can_be_read(chat: Chat, visit: Visits, scheme: str) -> None:
    page = visit(chat, color_scheme=scheme)
    colours = page.locator(".gradio-container").evaluate(
        "e => Object.fromEntries(['paper', 'sheet', 'ink', 'soft', 'accent', 'on-accent', 'wash',"
        " 'mark', 'on-mark', 'alert', 'alert-wash', 'edge']"
        ".map(name => [name, getComputedStyle(e).getPropertyValue('--' + name).trim()]))"
    )
    assert (luminance(colours["paper"]) > luminance(colours["ink"])) == (scheme == "light")
    words = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "sheet")]
    words += [("ink", "wash"), ("soft", "wash"), ("accent", "wash"), ("on-accent", "accent")]
    words += [("on-mark", "mark"), ("alert", "alert-wash")]
    pairs = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in words}
    assert not {pair: ratio for pair, ratio in pairs.items() if ratio < 4.5}
    assert contrast(colours["edge"], colours["sheet"]) >= 3
    page.get_by_role("button", name="Switch between light and dark").click()
    flipped = page.evaluate("getComputedStyle(document.body).getPropertyValue('--paper').trim()")
    assert flipped != colours["paper"]


def test_the_keyboard_is_enough(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    page.keyboard.type("Who measured")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("the river Marne?")
    expect(page.locator(".turn")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".turn[aria-busy=false]")).to_have_count(1)
    expect(page.locator("#spoken [role=status]")).to_contain_text("Marne")
    number = page.locator(".ref").first
    assert re.match(r"Footnote 1: .+", number.get_attribute("aria-label") or "")
    tab_to(number, "Shift+Tab", at_most=12)
    page.keyboard.press("Enter")
    expect(page.locator("#evidence h2")).to_be_focused()
    expect(page.locator("#evidence mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()
    expect(number).to_be_focused()
