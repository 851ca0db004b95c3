"""The whole article beside the chat: this answer's quotes, one after the other, and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.chat import citing
from tests.ui.pictures import picture
from tests.ui.steps import Chat, ask, cited, expect, marked

if TYPE_CHECKING:
    from tests.ui.watch import Visits

SEVERAL = "Summarise “Lavrov and Choe praise closer ties in Moscow”"


def test_the_quotes_of_an_answer_are_read_one_after_the_other_and_copied(
    chat: Chat, visit: Visits
) -> None:
    page = visit(chat)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, SEVERAL)
    first, second, *_ = cited(chat, SEVERAL)
    assert first.article_id == second.article_id
    page.locator(".ref").first.click()
    page.get_by_role("button", name="Open the article").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Footnote 1, in the whole article")
    assert page.locator("#evidence mark.also").count() > 0
    assert marked(page) == first.quote
    page.get_by_role("button", name="Next: Footnote 2").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Footnote 2, in the whole article")
    assert marked(page) == second.quote
    expect(page.locator("#evidence mark:not(.also)").first).to_be_in_viewport()
    picture(page, "reading")
    page.get_by_role("button", name="Copy the citation as BibTeX").click()
    expect(page.locator("#evidence .files")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == citing.bibtex(chat.assistant.article(second.article_id), second.quote)
    page.get_by_role("button", name="Previous: Footnote 1").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Footnote 1, in the whole article")
