"""What the browser tests do again and again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qa import Assistant, Citation

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = pytest.importorskip("playwright.sync_api").expect

ASKED = "Who received Choe Son Hui in Moscow?"


@dataclass(frozen=True)
class Chat:
    """A served page and the assistant behind it."""

    assistant: Assistant
    url: str
    uploads: Path


def ask(page: Page, question: str) -> None:
    turns = page.locator(".turn")
    before = turns.count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")  # into the box, wherever an opened footnote has just taken the focus
    # A busy machine may take its time; the answer, not its speed, is what is tested.
    expect(turns).to_have_count(before + 1, timeout=20_000)
    expect(turns.last).to_have_attribute("aria-busy", "false", timeout=20_000)


def cited(chat: Chat, question: str, **where: str) -> tuple[Citation, ...]:
    citations = chat.assistant.ask(question, **where).citations
    assert citations, "the test needs a question that the articles answer"
    return citations


def marked(page: Page) -> str:
    return "\n".join(page.locator("#evidence mark").all_text_contents())
