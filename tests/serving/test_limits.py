"""How much, how long and how often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import httpx
import pytest

from qa import Answer, Assistant
from qa.chat.pace import Pace
from tests.serving.conftest import served

JOIN = "/gradio_api/queue/join"


def test_a_pace_is_so_many_at_once_and_then_so_many_a_second() -> None:
    now = 0.0
    pace = Pace(at_once=3, a_second=2, clock=lambda: now)
    assert [pace.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert pace.wait("b") == 0
    now = 0.5
    assert [pace.wait("a") for _ in range(2)] == [0, 0.5]
    now = 100.0
    assert [pace.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_a_pace_forgets_those_who_came_long_ago() -> None:
    pace = Pace(at_once=1, a_second=0.001, clock=lambda: 0.0)
    assert pace.wait("first") == 0
    assert pace.wait("first") > 0
    for number in range(10_001):
        pace.wait(str(number))
    assert len(pace._left) == 10_000
    assert pace.wait("first") == 0


def test_a_request_may_bring_so_much(client: httpx.Client) -> None:
    told = {"content-type": "application/json"}
    assert client.post(JOIN, content=b"[" + b"7," * 3_000_000, headers=told).status_code == 413

    def endless() -> object:
        while True:
            yield b"7," * 50_000

    try:
        status = client.post(JOIN, content=endless(), headers=told).status_code
    except httpx.TransportError:
        status = 413  # it hung up in the middle
    assert status == 413


def test_a_visitor_may_come_so_often(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = {"127.0.0.1": 2.5}
    monkeypatch.setattr(Pace, "wait", lambda _, key: waits[key])
    answer = client.post(JOIN, json={})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "3"
    assert client.get("/config").status_code == 200


def test_only_so_many_questions_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Event()

    def slow(*_: object, **__: object) -> Iterator[Answer]:
        answered.wait(60)
        yield Answer(question="", text="", short="", answered=False, confidence=0.0, citations=())

    monkeypatch.setattr("qa.chat.page.WAITING", 3)
    monkeypatch.setattr(Assistant, "stream", slow)
    with served(tmp_path) as place:
        events = httpx.get(f"{place.url}/config", timeout=60).json()["dependencies"]
        (asking,) = (
            one["id"]
            for one in events
            if one["inputs"] and "submit" in [what for _, what in one["targets"]]
        )

        def ask(number: int) -> int:
            data = ["Who?", None, None, ""]
            body = {"data": data, "fn_index": asking, "session_hash": f"s{number}"}
            return httpx.post(place.url + JOIN, json=body, timeout=60).status_code

        statuses = [ask(number) for number in range(30)]
        answered.set()
    assert set(statuses) == {200, 503}
    assert 8 <= statuses.count(200) <= 14  # eight are answered, three wait
