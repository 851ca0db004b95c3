"""`gradio_client` before the server: what is offered, answers and errors."""

from __future__ import annotations

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from tests.api.conftest import ASKED, FOLLOW_UP, Site, is_one_quiet_line

OFFERED = {"/ask", "/search", "/articles", "/article", "/check"}


@pytest.fixture(scope="module")
def client(site: Site) -> Client:
    return Client(site.url, verbose=False)


def test_the_five_are_offered_and_nothing_else(site: Site, client: Client) -> None:
    info = httpx.get(f"{site.url}/gradio_api/info").json()
    assert set(info["named_endpoints"]) == OFFERED
    assert info["unnamed_endpoints"] == {}
    taken = {
        name: [one["parameter_name"] for one in told["parameters"]]
        for name, told in info["named_endpoints"].items()
    }
    assert taken["/ask"] == ["question", "history", "outlet", "since", "until"]
    for private in ("/page", "/page_1", "/add", "/open"):
        with pytest.raises(ValueError, match="Cannot find a function"):
            client.predict(api_name=private)


def test_answers_are_those_given_here(site: Site, client: Client) -> None:
    first = client.predict(ASKED, api_name="/ask")
    assert first == site.direct("ask", question=ASKED)
    history = [
        {"role": "user", "content": ASKED},
        {"role": "assistant", "content": first["text"]},
    ]
    then = client.predict(question=FOLLOW_UP, history=history, api_name="/ask")
    assert then == site.direct("ask", question=FOLLOW_UP, history=history)
    assert then["understood"] != FOLLOW_UP
    found = client.predict(query="missiles", top_k=2, api_name="/search")
    assert found == site.direct("search", query="missiles", top_k=2)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("/ask", {"question": 5}),
        ("/check", {"sentence": "a" * 5000, "quotes": []}),
        ("/ask", {"question": "Who?", "since": "yesterday"}),
        ("/article", {"article_id": "nowhere"}),
        ("/search", {"query": "x", "top_k": "many"}),
    ],
)
def test_an_error_is_one_line(
    site: Site, client: Client, name: str, arguments: dict[str, object]
) -> None:
    with pytest.raises(AppError) as error:
        client.predict(api_name=name, **arguments)
    assert is_one_quiet_line(str(error.value))
