"""The page to sign in on, in a browser; who may add articles; and what the browser is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ui
from qa import Assistant
from qa.serving.users import Role, Users
from tests.conftest import SEEDS
from tests.ui.steps import ASKED, Chat, ask, expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.ui.watch import Visits

PASSWORD = "nine grey herons"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    folder = tmp_path_factory.mktemp("house")
    users = Users(folder / "users")
    users.add("anna", PASSWORD, Role.EDITOR)
    users.add("ben", PASSWORD, Role.READER)
    with Assistant.open(folder / "archive") as assistant:
        assistant.ingest(SEEDS / "lavrov-choe-moscow-talks.md")
        server = ui.launch(assistant, uploads=folder / "uploads", users=users)
        yield Chat(assistant, server.url, folder / "uploads")
        server.close()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_reader_signs_in_asks_and_signs_out(house: Chat, visit: Visits) -> None:
    page = visit.open(house.url)
    expect(page).to_have_url(f"{house.url}/login")
    sign_in(page, "ben", "wrong")
    expect(page.get_by_role("alert")).to_have_text("That name and password don't go together.")
    expect(page.get_by_label("Name")).to_have_value("ben")
    sign_in(page, "ben")
    page.wait_for_selector(".welcome")
    expect(page.locator("#upload")).to_have_count(0)
    page.locator("#listing li button").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Article")
    expect(page.locator(".removal")).to_have_count(0)
    ask(page, ASKED)
    page.locator(".ref").first.click()
    expect(page.locator("#evidence mark").first).to_contain_text("Lavrov")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{house.url}/login")
    page.goto(house.url)
    expect(page).to_have_url(f"{house.url}/login")


def test_an_editor_adds_and_removes(house: Chat, visit: Visits, tmp_path: Path) -> None:
    page = visit.open(house.url, color_scheme="dark")
    expect(page.locator("html")).to_have_class("dark")
    sign_in(page, "anna")
    page.wait_for_selector(".welcome")
    files = [tmp_path / "bell.txt", tmp_path / "ledger.sqlite", tmp_path / "blank.txt"]
    files[0].write_text("The bell of Ardal rang at nine on Tuesday, Lena Brandt said.\n")
    files[1].write_text("no")
    files[2].write_text("\n")
    page.locator("input[type=file]").set_input_files(files)
    report = page.locator("#report .report")
    expect(report).to_contain_text("1 added", timeout=20_000)
    expect(report).to_contain_text("ledger.sqlite: left out (Files of this kind are not read")
    expect(report).to_contain_text("blank.txt")
    page.locator("#listing").get_by_role("button", name="bell").click()
    page.locator(".removal summary").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Removed")
    expect(page.locator("#listing li")).to_have_count(1)
    assert len(house.assistant.articles()) == 1
    kept = [path.name for path in house.uploads.rglob("*") if path.is_file()]
    assert kept == ["bell.txt"]


def test_what_comes_in_later_cannot_run(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.evaluate(
        """() => {
          const planted = '<img src="data:," onerror="window.pwned=20">';
          document.body.insertAdjacentHTML('beforeend', planted);
          const script = document.createElement('script');
          script.textContent = 'window.pwned = 21';
          document.body.append(script);
        }"""
    )
    page.wait_for_timeout(300)  # and the visit sees that nothing ran


def test_no_other_page_frames_the_chat(chat: Chat, browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(f'<iframe src="{chat.url}"></iframe>')
    page.wait_for_timeout(1000)
    assert not page.frames[1].locator("gradio-app").count()
    page.close()
