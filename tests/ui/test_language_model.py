"""A language model in the chat: marks, what was left out, the picker, and how its writing ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from qa import Config
from tests.conftest import SEEDS
from tests.llm_server import Server, llm_server
from tests.ui.conftest import served
from tests.ui.steps import ASKED, Chat, ask, expect
from tests.ui.watch import Visits

TRUE = "Sergei Lavrov received Choe Son Hui in Moscow"
ALSO = "The foreign ministers of Russia and North Korea praised their closer ties"
HOSTILE = (
    "<img src=http://127.0.0.1:9/x.png onerror=window.pwned=1> <script>window.pwned=2</script> "
    "![](http://127.0.0.1:9/y.png) {{7*7}} ${window.pwned=3}"
)


class Model:
    """A model in a chat, whose next reply the test sets."""

    def __init__(self) -> None:
        self.reply: Any = ""
        self.server = Server()
        self.chat: Chat


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    model = Model()
    with llm_server(lambda _: model.reply, offers={"scripted": {}, "<b>other</b>": {}}) as server:
        patient = {"llm_first": 60.0, "llm_between": 60.0, "llm_total": 60.0}
        config = Config(llm="scripted", llm_url=server.url, llm_context=4096, **patient)
        with served(tmp_path_factory.mktemp("model"), config) as chat:
            chat.assistant.ingest(SEEDS)
            model.chat, model.server = chat, server
            yield model


def test_each_sentence_carries_a_quiet_mark_and_what_fell_is_told_of(
    model: Model, visit: Visits
) -> None:
    page = visit(model.chat)
    fell = "Seven hundred dragons landed in Wellington on Thursday"
    model.reply = f"{TRUE} [1]. {ALSO} [1]. {fell} [1]. It was said [99]."
    ask(page, ASKED)
    turn = page.locator("#latest .turn")
    mark = turn.locator(".why").first
    reason = mark.locator(".reason")
    expect(reason).to_be_hidden()
    mark.hover()
    expect(reason).to_be_visible()
    expect(turn.locator(".answer")).not_to_contain_text("dragons")
    turn.locator(".fallen summary").click()
    expect(turn.locator(".fallen")).to_contain_text(fell)
    expect(turn.locator(".fallen small").first).to_contain_text("no passage speaks of it")
    expect(turn.locator(".remark")).to_contain_text("cited [99]")


def test_nothing_that_a_model_writes_runs_or_fetches(model: Model, visit: Visits) -> None:
    page = visit(model.chat)
    model.reply = f"{TRUE} [1]. {ALSO} [1]. {HOSTILE} [1]."
    ask(page, ASKED)
    turn = page.locator("#latest .turn")
    turn.locator(".fallen summary").click()
    expect(turn.locator(".fallen")).to_contain_text("{{7*7}}")
    assert page.locator("#history img, #history script").count() == 0
    model.reply = HOSTILE
    ask(page, ASKED)
    expect(turn.locator(".remark").last).to_contain_text("the articles' own sentences")
    expect(turn.locator(".answer")).not_to_contain_text("pwned")
    assert page.locator("#history img, #history script").count() == 0


def test_the_picker_lists_what_the_server_offers_and_none(model: Model, visit: Visits) -> None:
    page = visit(model.chat)
    picker = page.locator("#filters select[name=llm]")
    assert picker.locator("option").all_text_contents() == [
        "scripted",
        "<b>other</b>",
        "none: the articles’ own sentences",
    ]
    model.reply = f"{TRUE} [1]."
    for choice, asked in (("<b>other</b>", ["<b>other</b>"]), ("none", []), ("", ["scripted"])):
        picker.select_option(choice)
        expect(picker).to_have_attribute("data-chosen", choice)
        model.server.requests.clear()
        ask(page, ASKED)
        assert [request["model"] for request in model.server.requests] == asked


def test_clearing_the_filters_leaves_the_picker_as_it_is(model: Model, visit: Visits) -> None:
    page = visit(model.chat)
    picker = page.locator("#filters select[name=llm]")
    picker.select_option("none")
    page.locator("#filters summary").click()
    page.locator("#filters input[name=since]").fill("2024-09-01")
    page.locator("#filters input[name=since]").blur()
    page.locator("#filters .clear").click()
    expect(page.locator("#filters .clear")).to_have_count(0)
    expect(picker).to_have_value("none")
    expect(picker).to_have_attribute("data-chosen", "none")


@pytest.mark.parametrize("how", ["stop", "close"])
def test_stop_and_a_closed_page_end_the_writing(model: Model, visit: Visits, how: str) -> None:
    page = visit(model.chat)
    model.server.hung_up.clear()
    model.reply = [f"{TRUE} [1]. And when all of them had sat down, the", 60.0]
    box = page.locator("#question textarea")
    box.fill(ASKED)
    box.press("Enter")
    expect(page.locator("#latest .answer")).to_contain_text(TRUE, timeout=30_000)
    assert not model.server.hung_up.is_set()
    if how == "stop":
        page.locator("#question .stop-button").click()
        expect(page.locator(".turn")).to_have_attribute("aria-busy", "false")
    else:
        page.context.close()
        visit.forget(page)
    assert model.server.hung_up.wait(10)
