"""A refusal says what was looked for, and helps on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.pictures import picture
from tests.ui.steps import ASKED, Chat, ask, expect, marked

if TYPE_CHECKING:
    from tests.ui.watch import Visits

REFUSED = "Which team won the chess olympiad in Budapest?"


def test_a_refusal_searches_instead(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, REFUSED)
    expect(page.locator(".sought")).to_have_text("Looked for: team, won, chess, olympiad, Budapest")
    expect(page.locator(".lacks").first).to_contain_text("Budapest")
    expect(page.locator(".refusal li")).to_have_count(3)
    page.get_by_role("button", name="Search instead").click()
    expect(page.locator(".refusal li").nth(6)).to_be_visible()
    picture(page, "refusal")
    known = [hit.text for hit in chat.assistant.search(REFUSED)]
    page.locator(".refusal li button").nth(5).click()
    expect(page.locator("#evidence .kicker")).to_have_text("Nearest passage 6")
    assert marked(page).split() in [text.split() for text in known]
    page.reload()
    expect(page.locator(".refusal li").nth(6)).to_be_visible()


def test_an_answer_that_a_filter_hid_is_offered(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.locator("#filters summary").click()
    page.get_by_label("Outlet").select_option("Rivers Weekly")
    expect(page.locator(".chip .title")).to_have_text("Rivers Weekly")
    ask(page, ASKED)
    expect(page.locator(".refusal")).to_be_visible()
    expect(page.locator(".offer")).to_contain_text("only Rivers Weekly", timeout=20_000)
    picture(page, "offer")
    page.get_by_role("button", name="Ask without the filter").click()
    expect(page.locator(".turn .answer")).to_contain_text("Lavrov", timeout=20_000)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".offer")).to_have_count(0)
    expect(page.locator(".chip .title")).to_have_text("Rivers Weekly")
