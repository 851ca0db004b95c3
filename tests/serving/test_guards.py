"""What no stranger's page can do, and what is not served to anybody."""

from __future__ import annotations

import re
import socket
import tempfile
from pathlib import Path

import httpx
import pytest

from tests.serving.conftest import Place

JOIN = "/gradio_api/queue/join"


@pytest.mark.parametrize("name", ["rebound.example", "127.0.0.1.rebound.example", "", "a b", "["])
@pytest.mark.parametrize("path", ["/", "/config", "/dress/page.js", JOIN])
def test_a_name_that_is_not_ours_gets_nothing(client: httpx.Client, name: str, path: str) -> None:
    answer = client.get(path, headers={"host": name})
    assert answer.status_code in (400, 421)
    assert "gradio" not in answer.text


def test_our_own_names_and_addresses_are_known(client: httpx.Client, place: Place) -> None:
    port = place.host.rpartition(":")[2]
    for name in ("localhost", "LOCALHOST", socket.gethostname(), "192.0.2.7", "[2001:db8::7]"):
        assert client.get("/", headers={"host": f"{name}:{port}"}).status_code == 200


@pytest.mark.parametrize("origin", ["http://rebound.example", "http://127.0.0.1:9", "null"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_another_page_may_neither_read_nor_send(
    client: httpx.Client, place: Place, origin: str, method: str
) -> None:
    path = {"GET": "/config", "POST": JOIN, "PUT": "/uploads/planted.txt"}[method]
    answer = client.request(method, path, headers={"origin": origin}, content=b"planted")
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    assert not list(place.archive.rglob("planted*"))


def test_what_a_browser_says_of_the_asking_page_is_believed(
    client: httpx.Client, place: Place
) -> None:
    script = {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/config", headers=script).status_code == 403
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.get("/", headers=link).status_code == 200
    assert client.post(JOIN, headers=link, json={}).status_code == 403
    own = {"origin": place.url, "sec-fetch-site": "same-origin"}
    assert client.put("/uploads/own.exe", headers=own, content=b"x").status_code == 415


@pytest.mark.parametrize(
    "path", ["/", "/config", "/dress/page.js", "/nowhere", "/uploads/a.exe", "/theme.css"]
)
def test_every_response_tells_the_browser_what_it_may_not(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_a_refusal_is_guarded_too(client: httpx.Client) -> None:
    refused = client.get("/", headers={"host": "rebound.example"})
    assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]


def test_only_the_scripts_that_came_with_the_page_run(client: httpx.Client) -> None:
    first, second = client.get("/"), client.get("/")
    nonces = []
    for page in (first, second):
        policy = page.headers["content-security-policy"]
        (scripts,) = re.findall(r"script-src ([^;]*)", policy)
        assert "'unsafe-inline'" not in scripts
        (nonce,) = re.findall(r"'nonce-([^']+)'", scripts)
        tags = re.findall(r"<script[^>]*>", page.text)
        assert len(tags) > 3
        assert all(f'nonce="{nonce}"' in tag for tag in tags)
        nonces.append(nonce)
    assert nonces[0] != nonces[1]


@pytest.fixture(scope="module")
def secret() -> str:
    """What stands in files that lie about on the machine."""
    return "quokka-lantern-7431"


@pytest.fixture
def lying_about(place: Place, secret: str, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files that a careless server may hand out: beside it, above it, in the temporary folder."""
    folder = Path(tempfile.mkdtemp())
    monkeypatch.chdir(folder)
    files = [
        folder / ".env", folder / "notes.txt", place.archive.parent / "key.txt",
        place.archive / "extra.txt",
    ]  # fmt: skip
    for file in files:
        file.write_text(secret)
    return [*files, place.archive / "ledger.sqlite", Path("/etc/passwd"), place.archive / "lock"]


def test_no_file_of_the_machine_is_served(
    client: httpx.Client, lying_about: list[Path], secret: str
) -> None:
    for file in lying_about:
        ways = [
            f"/gradio_api/file={file}", f"/gradio_api/file/{file}", f"/file={file}",
            f"/{file.name}", f"/static/..{file}", f"/assets/%2e%2e{file}", f"/dress/..{file}",
            f"/dress/%2e%2e{file}",
            f"/gradio_api/proxy=file://{file}", f"/uploads/..{file}", f"/static/{file}",
            f"/gradio_api/file=http://127.0.0.1{file}", f"/dress/{file}", f"/svelte/..%2f..{file}",
            f"/static/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e{file}",
        ]  # fmt: skip
        for way in ways:
            answer = client.get(way)
            assert answer.status_code in (403, 404, 405), way
            assert secret not in answer.text
            assert "SQLite" not in answer.text
            assert "root:" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/monitoring", "/monitoring/summary", "/gradio_api/openapi.json", "/docs", "/redoc",
     "/gradio_api/app_id", "/gradio_api/token", "/gradio_api/runs", "/gradio_api/vibe-code",
     "/gradio_api/startup-events", "/gradio_api/upload", "/gradio_api/dev/reload",
     "/gradio_api/deep_link", "/gradio_api/component_server", "/openapi.json", "/.env"],
)  # fmt: skip
def test_what_the_page_does_not_need_is_not_there(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in (404, 405)


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/info", "/dress/page.js", "/nowhere"])
def test_no_folder_of_the_machine_is_named(client: httpx.Client, place: Place, path: str) -> None:
    said = client.get(path).text
    for folder in (
        place.archive,
        Path.cwd(),
        Path.home(),
        Path(tempfile.gettempdir()),
        Path("/usr"),
    ):
        assert f"{folder}/" not in said.replace("\\/", "/")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"data": 7}', b'{"fn_index": "/etc"}', b"\xff"]
)
def test_an_error_names_no_folder_either(client: httpx.Client, place: Place, body: bytes) -> None:
    told = {"content-type": "application/json"}
    for path in (JOIN, "/gradio_api/cancel", "/gradio_api/call/none"):
        answer = client.post(path, content=body, headers=told)
        assert answer.is_error
        assert "Traceback" not in answer.text
        assert not re.search(r"/(root|usr|tmp|home|var)/", answer.text)
