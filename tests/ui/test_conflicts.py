"""What articles disagree on, side by side on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from qa import Citation, Conflict, Value
from qa.chat.conflicts import sides
from tests.answering.test_disagreement import ARTICLES, TOLL
from tests.bench.conflicts import write
from tests.ui.conftest import served
from tests.ui.steps import PHONE, Chat, ask, expect

if TYPE_CHECKING:
    from tests.ui.watch import Visits

TAG = "<img src=x>"
HOSTILE = [
    {
        "outlet": "<b onmouseover=window.pwned=9>Mill Post</b>",
        "published": "2024-07-01",
        "text": "The miller of Dorne has nine cats, said his aunt.",
    },
    {
        "outlet": "Barn Wire",
        "published": "2024-07-01",
        "text": "The miller of Dorne has eleven cats, said the vet.",
    },
]


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    folder = tmp_path_factory.mktemp("disagreeing")
    write([*ARTICLES, *HOSTILE], folder, "article")
    with served(tmp_path_factory.mktemp("archive")) as chat:
        chat.assistant.ingest(folder)
        yield chat


def test_each_value_stands_beside_the_other_with_its_words(
    disagreeing: Chat, visit: Visits
) -> None:
    page = visit(disagreeing)
    ask(page, TOLL)
    expect(page.locator(".answer")).to_contain_text("Stone Wire, two days later: 52.")
    cards = page.locator(".sides > li")
    assert cards.locator("h3").all_text_contents() == ["Forty", "52"]
    left, right = (cards.nth(n).bounding_box() or {} for n in (0, 1))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]
    (conflict,) = disagreeing.assistant.ask(TOLL).conflicts
    for value in conflict.values:
        (citation,) = value.citations
        card = cards.filter(has=page.get_by_role("heading", name=value.text, exact=True))
        expect(card).to_contain_text(citation.quote)
        expect(card).to_contain_text(citation.outlet)
        card.get_by_role("button").click()
        expect(page.locator("#evidence mark")).to_have_text(citation.quote)
    # What stands side by side is not said twice.
    expect(page.locator(".answer").get_by_text("Forty people died")).to_have_count(0)


def test_on_a_phone_the_values_stand_below_each_other(disagreeing: Chat, visit: Visits) -> None:
    page = visit(disagreeing, **PHONE)
    ask(page, "How many pipes does Saint Bride's organ have?")
    cards = page.locator(".sides > li")
    expect(cards.nth(0)).to_contain_text("Marrick")
    expect(cards.nth(1)).to_contain_text("Tolm")
    upper, lower = (cards.nth(n).bounding_box() or {} for n in (0, 1))
    assert upper["y"] + upper["height"] < lower["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_tags_in_what_disagrees_are_text(disagreeing: Chat, visit: Visits) -> None:
    page = visit(disagreeing)
    ask(page, "How many cats does the miller of Dorne have?")
    expect(page.locator(".sides")).to_contain_text(HOSTILE[0]["outlet"])
    page.locator(".sides > li").first.hover()
    assert page.locator(".sides img, .sides b").count() == 0
    assert page.evaluate("window.pwned") is None


def test_tags_in_a_value_or_its_quote_are_text() -> None:
    citation = Citation(
        number=1,
        article_id="a",
        title=TAG,
        outlet=TAG,
        published=None,
        url="",
        quote=TAG,
        start=0,
        end=len(TAG),
    )
    value = Value(text=TAG, citations=(citation,), reading=TAG)
    shown = sides(Conflict(values=(value, value)), lambda number: "")
    assert "<img" not in shown
    assert shown.count("&lt;img src=x&gt;") == 8
