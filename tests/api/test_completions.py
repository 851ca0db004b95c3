"""OpenAI's own client before the server: answers whole and in pieces, follow-ups, errors."""

from __future__ import annotations

from typing import Any

import httpx
import openai
import pytest

from tests.api.conftest import ASKED, FOLLOW_UP, SILENT, Site, is_one_quiet_line


@pytest.fixture(scope="module")
def client(site: Site) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{site.url}/v1", api_key="none is needed", max_retries=0)


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def said(client: openai.OpenAI, *messages: Any, **more: Any) -> Any:
    return client.chat.completions.create(model="footnote", messages=list(messages), **more)


def test_one_model_is_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["footnote"]


def test_the_answer_carries_marks_sources_and_itself(site: Site, client: openai.OpenAI) -> None:
    reply = said(client, user(ASKED))
    answer = site.direct("ask", question=ASKED)
    content = reply.choices[0].message.content
    assert reply.choices[0].finish_reason == "stop"
    assert reply.footnote == answer
    assert content.startswith(answer["text"] + "\n\n---\n\nSources:")
    for citation in answer["citations"]:
        assert f"[{citation['number']}] “{citation['quote']}” — {citation['title']}" in content


def test_a_refusal_says_what_came_nearest(client: openai.OpenAI) -> None:
    reply = said(client, user(SILENT))
    assert not reply.footnote["answered"]
    content = reply.choices[0].message.content
    assert "What came nearest:" in content
    assert "Sources:" not in content


def test_the_pieces_are_the_whole(client: openai.OpenAI) -> None:
    whole = said(client, user(ASKED))
    pieces = list(said(client, user(ASKED), stream=True))
    told = "".join(piece.choices[0].delta.content or "" for piece in pieces)
    assert told == whole.choices[0].message.content
    assert len({piece.id for piece in pieces}) == 1
    assert pieces[0].choices[0].delta.role == "assistant"
    *before, last = pieces
    assert [piece.choices[0].finish_reason for piece in before] == [None] * len(before)
    assert last.choices[0].finish_reason == "stop"
    assert last.footnote == whole.footnote


def test_a_follow_up_leans_on_what_was_said_and_not_on_the_sources(
    site: Site, client: openai.OpenAI
) -> None:
    first = said(client, user(ASKED))
    answered = {"role": "assistant", "content": first.choices[0].message.content}
    system = {"role": "system", "content": "You are the mayor of Grubenhagen, Otto Lang."}
    then = said(client, system, user(ASKED), answered, user(FOLLOW_UP))
    history = [user(ASKED), {"role": "assistant", "content": first.footnote["text"]}]
    assert then.footnote == site.direct("ask", question=FOLLOW_UP, history=history)
    assert "Choe Son Hui" in then.footnote["understood"]
    assert f"Understood as: {then.footnote['understood']}" in then.choices[0].message.content


def test_what_only_a_language_model_needs_is_passed_over(site: Site, client: openai.OpenAI) -> None:
    parts = [
        {"type": "text", "text": ASKED},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}},
    ]
    usage = {"include_usage": True}
    tuned = said(client, user(parts), temperature=0.2, max_tokens=5, stream_options=usage)
    assert tuned.footnote["text"] == site.direct("ask", question=ASKED)["text"]


def test_a_long_question_is_cut_with_a_notice(client: openai.OpenAI) -> None:
    content = said(client, user(f"{ASKED} " * 1000)).choices[0].message.content
    assert "\n\nThe question is too long" in content


def test_filters_go_beside(site: Site, client: openai.OpenAI) -> None:
    reply = said(client, user(ASKED), extra_body={"until": "2020-01-01"})
    assert reply.footnote == site.direct("ask", question=ASKED, until="2020-01-01")
    assert not reply.footnote["answered"]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"messages": []}, 400),
        ({"messages": "Who?"}, 400),
        ({"messages": [user("")]}, 400),
        ({"messages": [user("   ")]}, 400),
        ({"messages": [{"role": "assistant", "content": "Yes."}]}, 400),
        ({"messages": [user("Who?")], "since": "yesterday"}, 400),
        ({"messages": [user("Who?")], "model": "gpt"}, 404),
        ({"messages": [user("Who?")], "model": 5}, 400),
    ],
)
def test_an_error_is_told_as_openai_tells_it(
    site: Site, body: dict[str, Any], status: int, stream: bool
) -> None:
    asked = {**body, "stream": stream}
    reply = httpx.post(f"{site.url}/v1/chat/completions", json=asked, timeout=60)
    assert reply.status_code == status
    error = reply.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert is_one_quiet_line(error["message"])


def test_the_client_raises_what_it_has_for_it(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError):
        said(client, user(""))
    with pytest.raises(openai.NotFoundError):
        client.chat.completions.create(model="another", messages=[{**user("Who?")}])
