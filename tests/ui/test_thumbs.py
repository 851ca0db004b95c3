"""Thumbs: what a person thinks of an answer is kept as a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa import Feedback
from tests.ui.pictures import picture
from tests.ui.steps import ASKED, Chat, ask, expect

if TYPE_CHECKING:
    from tests.ui.watch import Visits


def test_thumbs_become_gold_pairs_and_are_taken_back(chat: Chat, visit: Visits) -> None:
    kept = Feedback(chat.uploads.parent / "feedback.jsonl")
    page = visit(chat)
    ask(page, ASKED)
    page.get_by_role("button", name="This is right").click()
    expect(page.locator(".judged")).to_contain_text("kept as a test")
    assert [pair.question for pair in kept.read().pairs] == [ASKED]
    page.reload()
    page.get_by_role("button", name="Take that back").click()
    expect(page.get_by_role("button", name="This is right")).to_be_visible()
    assert kept.read().pairs == []
    page.get_by_label("This is wrong").click()
    page.get_by_label("Or the words of an article").fill("words that nobody ever wrote here")
    page.get_by_label("The right answer").fill("Nobody")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#notice .fault")).to_contain_text("stand in no article")
    expect(page.get_by_label("The right answer")).to_have_value("Nobody")
    picture(page, "thumb-down")
    page.get_by_label("Or the words of an article").fill("")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator(".judged")).to_be_visible()
    expect(page.locator("#notice .fault")).to_have_count(0)
    (pair,) = kept.read().pairs
    assert (pair.question, pair.answers, pair.kind) == (ASKED, ("Nobody",), "thumbs down")
    ask(page, "Who measured the river Marne?")
    page.locator("#latest").get_by_label("This is wrong").click()
    page.get_by_role("button", name="It isn’t in the articles").click()
    expect(page.locator(".judged")).to_have_count(2)
    last = kept.read().pairs[-1]
    assert (last.answerable, len(last.history)) == (False, 2)
