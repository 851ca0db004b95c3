"""axe-core finds nothing serious in any state of the page, by day and by night, wide and narrow."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.ui.pictures import picture
from tests.ui.steps import ASKED, PHONE, Chat, ask, expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.ui.watch import Visits

VERSION = "axe-core@4.11.0"
FAULTS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(one => ['serious', 'critical'].includes(one.impact))
  .map(one => [one.id, one.nodes.map(node => node.html + ' ' + node.failureSummary)])"""


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    npm, folder = shutil.which("npm"), tmp_path_factory.mktemp("axe")
    if not npm:
        pytest.skip("there is no npm here")
    command = [npm, "install", "--silent", "--ignore-scripts", "--prefix", str(folder), VERSION]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    script = Path(folder, "node_modules", "axe-core", "axe.min.js")
    if not script.exists():
        pytest.skip(f"npm could not install axe-core: {done.stderr.strip()[:200]}")
    return script.read_text("utf-8")


def faults(page: Page, axe: str) -> Any:
    page.evaluate(axe)
    return page.evaluate(FAULTS)


@pytest.mark.parametrize(
    "how",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {**PHONE, "color_scheme": "light"}],
    ids=["light", "dark", "phone"],
)
def test_nothing_serious_in_any_state(
    chat: Chat, visit: Visits, axe: str, how: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    kind = request.node.callspec.id
    page, found = visit(chat, **how), {}

    def look(state: str) -> None:
        picture(page, f"{kind}-{state}")
        if wrong := faults(page, axe):
            found[state] = wrong

    look("welcome")
    ask(page, ASKED)
    page.get_by_label("This is wrong").click()
    look("thumb-down")
    page.get_by_label("This is wrong").click()
    page.locator(".ref").first.click()
    expect(page.locator("#evidence mark").first).to_be_visible()
    look("evidence")
    page.get_by_role("button", name="Back").locator("visible=true").click()
    ask(page, "Which team won the chess olympiad in Budapest?")
    look("refusal")
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#drawer .away").first).to_be_visible()
    page.locator("#drawer .away").first.click()
    expect(page.locator("#drawer .report")).to_be_visible()
    look("drawer")
    page.keyboard.press("Escape")
    if page.locator("#to-shelf").is_visible():
        page.locator("#to-shelf").click()
    page.get_by_role("button", name="Archive view").click()
    expect(page.locator("#archive h2")).to_be_focused()
    page.get_by_role("button", name="Only Rivers Weekly").click()
    expect(page.locator("#sifted li")).to_have_count(1)
    look("archive")
    page.locator("#sifted li button").click()
    page.get_by_role("button", name="Passages").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Passages")
    look("passages")
    page.get_by_role("button", name="Ask about this article").click()
    expect(page.locator(".chip")).to_be_visible()
    look("chips")
    assert not found
