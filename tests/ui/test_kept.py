"""Conversations that are kept: found again after a reload, after a restart, and by nobody else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.conftest import served
from tests.ui.pictures import picture
from tests.ui.steps import ASKED, PHONE, Chat, ask, expect, marked

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.ui.watch import Visits

NEWS = (
    "ARDAL, Sept. 4, 2024 — The north quay of the port of Ardal took its first container ship "
    "in nine weeks on Wednesday, harbour master Lena Brandt said. The repair of the quay cost "
    "6.2 million euros, of which the region paid half.\n"
)
COST = "What did the repair of the quay cost?"


def drawer(page: Page) -> None:
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#kept h2")).to_be_visible()


def test_a_conversation_outlives_a_reload_a_restart_and_its_article(
    visit: Visits, tmp_path: Path
) -> None:
    archive, file = tmp_path / "archive", tmp_path / "quay.txt"
    file.write_text(NEWS, encoding="utf-8")
    with served(archive) as chat:
        (article,) = chat.assistant.ingest(file).added
        page = visit(chat)
        ask(page, COST)
        said = page.locator(".turn .answer").inner_text()
        place = page.evaluate("location.hash")
        assert re.fullmatch(r"#[0-9a-f]{16}", place)
        page.reload()
        expect(page.locator(".turn .answer")).to_have_text(said, use_inner_text=True)
    with served(archive) as chat:
        chat.assistant.remove(article)
        page.goto(f"{chat.url}/{place}")
        expect(page.locator(".turn .answer")).to_have_text(said, use_inner_text=True)
        page.locator(".ref").first.click()
        expect(page.locator("#evidence .fault")).to_be_visible()
        assert "6.2 million euros" in marked(page)
        ask(page, "Who is the harbour master of Ardal?")
        page.reload()
        expect(page.locator(".turn")).to_have_count(2)
        stranger = visit.open(f"{chat.url}/{place}")
        expect(stranger.locator(".fault")).to_contain_text("not kept here")
        expect(stranger.locator(".turn")).to_have_count(0)
        drawer(stranger)
        expect(stranger.locator("#drawer li")).to_have_count(0)


def test_conversations_are_named_found_renamed_and_taken_back(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, ASKED)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate("location.hash") == ""
    ask(page, "Who measured the river Marne?")
    drawer(page)
    titles = page.locator("#drawer .title")
    expect(titles).to_have_text(["Who measured the river Marne?", ASKED])
    picture(page, "drawer")
    name = page.get_by_label("Name of this conversation")
    name.fill("The <b>river</b>")
    name.press("Enter")
    expect(titles.first).to_have_text("The <b>river</b>")
    page.get_by_label("Find a conversation").fill("lavrov")
    expect(titles).to_have_text([ASKED])
    expect(name).to_have_value("The <b>river</b>")
    page.get_by_label("Find a conversation").fill("")
    expect(titles).to_have_count(2)
    page.get_by_role("button", name=f"Delete “{ASKED}”").click()
    expect(titles).to_have_count(1)
    page.get_by_role("button", name=f"Bring “{ASKED}” back").click()
    expect(titles).to_have_count(2)
    page.locator("#drawer button", has_text=ASKED).first.click()
    expect(page.locator(".turn .question")).to_have_text(ASKED)
    expect(page.locator("#kept h2")).to_be_hidden()
    drawer(page)
    page.get_by_role("button", name=f"Delete “{ASKED}”").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    assert page.evaluate("location.hash") == ""
    page.get_by_role("button", name=f"Bring “{ASKED}” back").click()
    page.locator("#drawer button", has_text=ASKED).first.click()
    expect(page.locator(".turn .question")).to_have_text(ASKED)
    page.locator(".ref").first.click()
    expect(page.locator("#evidence mark").first).to_be_visible()


def test_a_browser_without_cookies_is_told_and_answered(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.context.clear_cookies()
    ask(page, ASKED)
    expect(page.locator(".turn .answer")).to_contain_text("Lavrov")
    drawer(page)
    expect(page.locator("#drawer")).to_contain_text("keeps no cookies")
    expect(page.locator("#drawer li")).to_have_count(0)


def test_a_link_leads_to_one_answer(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for question in ("Who measured the river Marne?", ASKED, "How many sheep did the dragon eat?"):
        ask(page, question)
    page.locator("#past .turn").nth(1).get_by_role("button", name="Copy a link").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/2")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn.linked .question")).to_have_text(ASKED)
    expect(page.locator(".turn.linked .question")).to_be_in_viewport()


@pytest.mark.parametrize("format_", ["Markdown", "HTML", "JSON"])
def test_the_open_conversation_is_saved_with_its_footnotes(
    chat: Chat, visit: Visits, format_: str
) -> None:
    page = visit(chat)
    ask(page, ASKED)
    drawer(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save the conversation as {format_}").click()
    saved = Path(download.value.path()).read_text("utf-8")
    (quote, *_) = (one.quote for one in chat.assistant.ask(ASKED).citations)
    if format_ == "JSON":
        (turn,) = json.loads(saved)["conversation"]
        assert turn["answer"]["citations"][0]["quote"] == quote
    elif format_ == "HTML":
        copy = visit.open("about:blank")
        copy.set_content(saved)
        copy.locator("sup a").first.click()
        assert quote in (copy.locator("#note-1").text_content() or "")
        picture(copy, "export")
    else:
        assert f"[^1]: “{quote}”" in saved


def test_the_latest_question_is_asked_again_and_otherwise(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, "Who measured the river Marne?")
    ask(page, ASKED)
    assert page.get_by_role("button", name="Ask again").count() == 1
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#latest .turn")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_text("Edit the question").click()
    mended = "How many sheep did the dragon of Grubenhagen eat?"
    page.locator("#latest").get_by_label("Your question").fill(mended)
    picture(page, "edit")
    page.get_by_role("button", name="Ask this instead").click()
    expect(page.locator("#latest .turn[aria-busy=false] .question")).to_have_text(mended)
    expect(page.locator(".turn")).to_have_count(2)
    page.reload()
    expect(page.locator(".turn .question")).to_have_text(["Who measured the river Marne?", mended])


def test_the_drawer_fits_a_phone(chat: Chat, visit: Visits) -> None:
    page = visit(chat, **PHONE)
    ask(page, ASKED)
    drawer(page)
    expect(page.locator("#side")).to_be_in_viewport(ratio=0.99)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    picture(page, "drawer-phone")
    small = page.locator("button:visible, summary:visible").evaluate_all(
        "all => all.filter(e => !e.matches('.ref')).map(e => [e.outerHTML, e.offsetHeight])"
        ".filter(([, height]) => height < 44)"
    )
    assert not small
    page.locator("#drawer .kept button").first.click()
    expect(page.locator(".turn .answer")).to_be_in_viewport()
    expect(page.locator("#kept h2")).to_be_hidden()
