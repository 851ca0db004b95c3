"""What the browser tests do again and again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qa import Assistant, Citation

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

expect = pytest.importorskip("playwright.sync_api").expect

ASKED = "Who received Choe Son Hui in Moscow?"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


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
    return "\n".join(page.locator("#evidence mark:not(.also)").all_text_contents())


def tab_to(target: Locator, key: str, at_most: int) -> None:
    """Press a key until the focus is on the target; fail where it never comes there."""
    for _ in range(at_most):
        target.page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{key}, {at_most} times, never came to it")


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: (L1 + 0.05) / (L2 + 0.05), the lighter first."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
