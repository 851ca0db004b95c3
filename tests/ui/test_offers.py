"""What is offered once an answer stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.pictures import picture
from tests.ui.steps import Chat, ask, expect

if TYPE_CHECKING:
    from tests.ui.watch import Visits


def test_every_question_to_go_on_with_is_answered(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, "Which outlets wrote about North Korea?")
    offered = page.locator("#offer .next button")
    expect(offered.first).to_be_visible(timeout=30_000)
    expect(offered.last).to_be_in_viewport(ratio=1)
    picture(page, "follow-ups")
    question = offered.first.text_content() or ""
    assert chat.assistant.ask(question).answered
    offered.first.click()
    expect(page.locator("#latest .turn[aria-busy=false] .question")).to_have_text(
        question, timeout=20_000
    )
    expect(page.locator("#latest .question")).to_be_in_viewport()
    expect(page.locator("#latest .answer")).to_be_visible()
