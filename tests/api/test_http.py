"""The calls over plain HTTP, their errors, and the answer to whoever keeps the server running."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from qa import Assistant
from qa.errors import ArchiveDamaged
from qa.serving.api.refusals import refusal
from tests.api.conftest import ASKED, Site, is_one_quiet_line, served


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"question": ASKED}),
        ("search", {"query": "missiles", "top_k": 2}),
        ("articles", {}),
        ("article", {"article_id": "lavrov-choe-moscow-talks.md"}),
        ("check", {"sentence": "She met him.", "quotes": ["She met him in Vell."]}),
    ],
)
def test_each_call_answers_as_it_does_here(site: Site, name: str, arguments: Any) -> None:
    reply = httpx.post(f"{site.url}/api/{name}", json=arguments, timeout=60)
    assert reply.status_code == 200
    assert reply.json() == site.direct(name, **arguments)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("ask", b"{}", 400),
        ("ask", b"", 400),
        ("ask", b"{", 400),
        ("ask", b"[1]", 400),
        ("ask", b'"x"', 400),
        ("ask", b"\xff\xfe", 400),
        ("ask", b'{"question": 5}', 400),
        ("ask", b'{"question": "\\ud800"}', 400),
        ("check", b'{"quotes": [], "sentence": "' + b"long " * 100_000 + b'"}', 400),
        ("ask", b"[" * 100_000, 400),
        ("ask", b'{"question": "Who?", "since": "yesterday"}', 400),
        ("ask", b'{"question": "Who?", "a\\nb": 1}', 400),
        ("article", b'{"article_id": "no\\nsuch"}', 404),
        ("remove", b'{"article_id": "lavrov-choe-moscow-talks.md"}', 404),
        ("__class__", b"{}", 404),
        ("..%2f..%2fetc%2fpasswd", b"{}", 404),
    ],
)
def test_whatever_is_wrong_is_one_line(site: Site, path: str, body: bytes, status: int) -> None:
    reply = httpx.post(f"{site.url}/api/{path}", content=body, timeout=60)
    assert reply.status_code == status, reply.text
    if reply.headers["content-type"] == "application/json":
        assert is_one_quiet_line(reply.json()["detail"]), reply.text


def test_what_fails_inside_says_nothing_of_the_machine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Assistant.open(tmp_path / "archive") as assistant, served(assistant, tmp_path) as site:
        assert httpx.get(f"{site.url}/health").json() == {"status": "up"}
        assistant.close()
        failed = httpx.post(f"{site.url}/api/article", json={"article_id": "a"}, timeout=60)
        health = httpx.get(f"{site.url}/health")
    assert failed.status_code in (500, 503)
    assert is_one_quiet_line(failed.json()["detail"])
    assert (health.status_code, health.json()) == (failed.status_code, {"status": "down"})
    assert caplog.records


def test_the_archives_own_errors_name_its_folder_to_the_log_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = refusal(ArchiveDamaged("/srv/archive/ledger.sqlite does not read: restore it."))
    assert told.status == 503
    assert "/srv" not in told.line
    assert "/srv/archive/ledger.sqlite" in caplog.text


def test_without_its_package_the_tools_say_what_is_missing(
    seeds: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.serving.api.offer.find_spec", lambda _: None)
    with served(seeds, tmp_path) as site:
        told = httpx.post(f"{site.url}/mcp", json={})
    assert told.status_code == 501
    assert "footnote-qa[mcp]" in told.text
