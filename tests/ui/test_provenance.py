"""A timeline, its sources and the day it was known, on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.answering.test_evidence_shown import write
from tests.ui.conftest import served
from tests.ui.steps import Chat, ask, expect

if TYPE_CHECKING:
    from tests.ui.watch import Visits


@pytest.fixture(scope="module")
def strike(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    folder = write(tmp_path_factory.mktemp("strike"))
    with served(tmp_path_factory.mktemp("archive")) as chat:
        chat.assistant.ingest(folder)
        yield chat


def test_a_timeline_is_a_line_of_points_that_open_their_articles(
    strike: Chat, visit: Visits
) -> None:
    page = visit(strike)
    ask(page, "How did the strike of the crane drivers develop?")
    points = page.locator(".course > li")
    expect(points.locator("time")).to_have_text(["March 2023", "12 June 2023", "17 November 2023"])
    expect(page.locator(".trust")).to_contain_text("4 articles, 2 independent sources")
    left = {round((points.nth(n).bounding_box() or {})["x"]) for n in range(3)}
    assert len(left) == 1  # one under the other
    points.nth(2).locator(".ref").click()
    expect(page.locator("#evidence mark")).to_contain_text("ended their strike on Friday")


def test_what_was_known_on_a_day_is_asked_with_a_control(strike: Chat, visit: Visits) -> None:
    page = visit(strike)
    page.locator("#filters summary").click()
    page.get_by_label("As known on").fill("2023-05-01")
    page.get_by_label("As known on").dispatch_event("change")
    expect(page.locator(".chip .title")).to_have_text("what was known on 1 May 2023")
    ask(page, "How many ships are waiting in the roads of Sund?")
    expect(page.locator(".scope")).to_have_text("Asked of what was known on 1 May 2023")
    expect(page.locator(".remark")).to_contain_text("only what was published by then is used")
