"""Asking, and opening what an answer rests on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ui.steps import ASKED, Chat, ask, cited, expect, marked

if TYPE_CHECKING:
    from tests.ui.watch import Visits

REFUSED = "Which team won the chess olympiad in Budapest?"


def test_the_first_sight_shows_the_archive_and_questions_to_ask(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    listed = page.locator("#listing li").all_text_contents()
    assert len(listed) == len(chat.assistant.articles())
    assert any("AFP via The Citizen" in line and "16 January 2024" in line for line in listed)
    example = page.locator(".examples button").first
    question = example.text_content() or ""
    example.click()
    expect(page.locator(".turn[aria-busy=false] .question")).to_have_text(question)


def test_a_footnote_opens_exactly_its_quote_and_the_article_around_it(
    chat: Chat, visit: Visits
) -> None:
    page = visit(chat)
    ask(page, ASKED)
    citations = cited(chat, ASKED)
    assert page.locator(".answer .ref").all_text_contents() == re.findall(
        r"\[(\d+)\]", chat.assistant.ask(ASKED).text
    )
    for citation in citations:
        page.locator(f".ref[data-place='Footnote {citation.number}']").first.click()
        expect(page.locator("#evidence .kicker")).to_have_text(f"Footnote {citation.number}")
        article = chat.assistant.article(citation.article_id)
        assert marked(page) == citation.quote == article.text[citation.start : citation.end]
        expect(page.locator("#evidence h2")).to_have_text(citation.title)
        expect(page.locator("#evidence .source")).to_contain_text(citation.outlet)
    page.get_by_role("button", name="Open the article").click()
    expect(page.locator("#evidence .kicker")).to_contain_text("whole article")
    whole = "\n\n".join(page.locator("#evidence .text p").all_text_contents())
    assert whole.split() == article.text.split()
    assert marked(page) == citation.quote
    page.get_by_role("button", name="Back").locator("visible=true").click()
    expect(page.locator("#listing")).to_be_visible()


def test_the_whole_article_is_scrolled_to_the_quote(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, "Who measured the river Marne?")
    page.locator(".ref").first.click()
    page.get_by_role("button", name="Open the article").click()
    expect(page.locator("#evidence .kicker")).to_contain_text("whole article")
    expect(page.locator("#evidence mark")).to_be_in_viewport()
    assert page.locator("#evidence").evaluate("panel => panel.scrollTop") > 500
    assert "Marne" in marked(page)


def test_footnotes_of_earlier_answers_keep_opening_their_own_quote(
    chat: Chat, visit: Visits
) -> None:
    page, other = visit(chat), visit(chat)
    second = "Who measured the river Marne?"
    ask(page, ASKED)
    ask(other, second)
    ask(page, second)
    for where, turn, question in ((page, 0, ASKED), (page, 1, second), (other, 0, second)):
        where.locator(f".ref[data-turn='{turn}']").first.click()
        quote = cited(chat, question)[0].quote
        expect(where.locator("#evidence mark")).to_have_text(quote)
    expect(other.locator(".turn")).to_have_count(1)


def test_a_new_question_takes_away_what_proved_the_answer_before(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, ASKED)
    page.locator(".ref").first.click()
    expect(page.locator("#evidence mark")).to_be_visible()
    ask(page, REFUSED)
    expect(page.locator("#evidence")).to_be_hidden()
    expect(page.locator("#evidence mark")).to_have_count(0)
    expect(page.locator("#listing")).to_be_visible()
    expect(page.locator("#question textarea")).to_be_focused()
    page.locator("#past .ref").first.click()
    expect(page.locator("#evidence mark")).to_be_visible()
    page.get_by_role("button", name="Back").locator("visible=true").click()
    expect(page.locator("#listing")).to_be_visible()


def test_a_footnote_survives_its_article(chat: Chat, visit: Visits, tmp_path: Path) -> None:
    page = visit(chat)
    file = tmp_path / "lighthouse.txt"
    file.write_text(
        "The keeper of the Vardo lighthouse, Solveig Aas, retired on Monday after 41 years. "
        "The council thanked her with a lamp.\n",
        encoding="utf-8",
    )
    (article_id,) = chat.assistant.ingest(file).added
    question = "Who is the keeper of the Vardo lighthouse?"
    ask(page, question)
    (citation, *_) = cited(chat, question)
    chat.assistant.remove(article_id)
    page.locator(".ref").first.click()
    expect(page.locator("#evidence .fault")).to_be_visible()
    assert marked(page) == citation.quote


def test_what_the_articles_do_not_say_looks_different_and_shows_what_came_nearest(
    chat: Chat, visit: Visits
) -> None:
    page = visit(chat)
    ask(page, REFUSED)
    expect(page.locator(".refusal h3")).to_have_text("Not in the articles")
    expect(page.locator(".answer")).to_have_count(0)
    nearest = chat.assistant.ask(REFUSED).nearest
    page.locator(".refusal li button").first.click()
    expect(page.locator("#evidence .kicker")).to_have_text("Nearest passage 1")
    assert marked(page).split() == nearest[0].text.split()


def test_a_conversation_can_be_saved_and_begun_anew(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, ASKED)
    page.get_by_role("button", name="Conversations").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the conversation as Markdown").click()
    saved = Path(download.value.path()).read_text("utf-8")
    assert saved.startswith(f"## {ASKED}\n")
    assert "[^1]: “" in saved
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_a_follow_up_shows_how_it_was_understood_and_can_be_mended(
    chat: Chat, visit: Visits
) -> None:
    page = visit(chat)
    ask(page, "Who met Lavrov in Moscow?")
    expect(page.locator(".understood")).to_have_count(0)
    ask(page, "What did she say?")
    understood = page.locator(".turn").last.locator(".understood button")
    expect(understood).to_have_text("Understood as: What did Choe Son Hui say?")
    understood.click()
    box = page.locator("#question textarea")
    expect(box).to_have_value("What did Choe Son Hui say?")
    expect(box).to_be_focused()
