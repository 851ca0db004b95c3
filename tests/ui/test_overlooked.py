"""The archive view: a picture, what there is to know, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.pictures import picture
from tests.ui.steps import PHONE, Chat, ask, expect, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.ui.watch import Visits


def overlook(page: Page) -> None:
    page.get_by_role("button", name="Archive view").click()
    expect(page.locator("#archive h2")).to_be_focused()


def test_the_archive_is_looked_over_narrowed_and_asked_about(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    held = chat.assistant.overview().articles
    overlook(page)
    expect(page.locator(".kinds button").first).to_have_text(f"All {held}")
    outlets = {article.outlet for article in chat.assistant.articles()}
    expect(page.locator(".picture tbody tr")).to_have_count(len(outlets))
    drawn = page.locator(".picture svg").first.get_attribute("aria-label") or ""
    assert ": 1 article" in drawn or " articles, most in " in drawn
    picture(page, "archive")
    tab_to(page.get_by_role("button", name="Only Rivers Weekly"), "Tab", at_most=20)
    page.keyboard.press("Enter")
    expect(page.locator("#sifted li")).to_have_count(1)
    expect(page.locator("#sifted .count")).to_have_text(f"1 of {held} articles")
    page.get_by_label("Find in the archive").fill("zebra")
    expect(page.locator("#sifted li")).to_have_count(0)
    page.get_by_label("Find in the archive").fill("llanfair")
    expect(page.locator("#sifted li")).to_have_count(1)
    page.locator("#sifted li button").click()
    expect(page.locator("#evidence h2")).to_be_focused()
    picture(page, "archive-reading")
    page.keyboard.press("Escape")
    expect(page.locator("#archive h2")).to_be_visible()
    page.get_by_role("button", name="Ask about these").click()
    expect(page.locator(".chip .title")).to_have_text("Rivers Weekly")
    expect(page.locator("#archive h2")).to_be_hidden()
    ask(page, "Who measured the river Marne?")
    expect(page.locator(".turn .answer")).to_contain_text("Perrault")


def test_an_article_is_searched_mended_removed_and_brought_back(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.get_by_label("Find an article").fill("grubenhagen cave")
    expect(page.locator("#listing li")).to_have_count(1)
    page.locator("#listing li button").click()
    page.get_by_role("button", name="Passages").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Passages")
    within = page.get_by_label("Search within this article")
    within.fill("the owl")
    within.press("Enter")
    expect(page.locator(".pieces mark").first).to_have_text("owl")
    picture(page, "passages")
    page.get_by_role("button", name="Cut away").click()
    cut = page.locator(".cuts li", has_text="The cave of Grubenhagen")
    before = chat.assistant.article("hostile.txt")
    cut.get_by_role("button", name="Put it back").click()
    expect(cut.get_by_role("button", name="Cut it again")).to_be_visible(timeout=30_000)
    picture(page, "cut-away")
    text = chat.assistant.article("hostile.txt").text
    assert text == f"The cave of Grubenhagen\n\n{before.text}"
    cut.get_by_role("button", name="Cut it again").click()
    expect(cut.get_by_role("button", name="Put it back")).to_be_visible(timeout=30_000)
    assert chat.assistant.article("hostile.txt") == before
    page.get_by_role("button", name="Article", exact=True).click()
    page.locator(".removal summary").click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Article")
    assert chat.assistant.article("hostile.txt") == before


def test_what_was_removed_is_listed_and_put_back_on_a_phone(chat: Chat, visit: Visits) -> None:
    page = visit(chat, **PHONE)
    chat.assistant.remove("hostile.md")
    page.locator("#to-shelf").click()
    overlook(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    picture(page, "archive-phone")
    gone = len(chat.assistant.removed())
    page.get_by_role("button", name=f"Removed {gone}").click()
    expect(page.locator(".bin li")).to_have_count(gone)
    page.locator('.bin [data-article="hostile.md"]').click()
    expect(page.locator("#evidence .kicker")).to_have_text("Article")
    assert chat.assistant.article("hostile.md")
    small = page.locator("button:visible, summary:visible").evaluate_all(
        "all => all.map(e => [e.outerHTML, e.offsetHeight]).filter(([, height]) => height < 44)"
    )
    assert not small
    page.go_back()
    expect(page.locator("#archive h2")).to_be_visible()
