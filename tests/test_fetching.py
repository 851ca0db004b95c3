"""Pages and feeds from a real server on this machine; and what is never reached."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from qa import Assistant, Config, FootnoteError
from qa.fetching import client, guard
from qa.fetching.addresses import NotFetched, checked
from qa.fetching.client import fetch
from qa.fetching.collecting import collect
from tests.files import BODY

PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))
PAGE = (
    "<html><head><title>{title} | Tarn Valley Star</title></head><body><article><h1>{title}</h1>"
    f"{PARAGRAPHS}</article></body></html>"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Tarn Valley Star</title>
<item><title>Old mill to be rebuilt</title><link>{at}/mill</link><guid>1</guid></item>
<item><title>The quay is shut</title><link>{at}/quay</link><description>Shut.</description></item>
<item><title>Gone</title><link>{at}/gone</link></item>
<item><title>Inside</title><link>http://127.0.0.2:1/secret</link></item>
<item><title>A file</title><link>file:///etc/passwd</link></item></channel></rss>"""


LEADS = {
    "moved": "/mill",
    "round": "/round",
    "inside": "http://127.0.0.2:1/secret",
    "file": "file:///etc/passwd",
}


class Site(BaseHTTPRequestHandler):
    """Answers each path as a test needs it."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        name = self.path[1:]
        answer: Callable[[], None] | None = getattr(self, f"on_{name}", None)
        if name in LEADS:
            self.lead(LEADS[name])
        elif answer is None:
            self.send_error(404)
        else:
            answer()

    def give(self, content: str | bytes, kind: str = "text/html", **heads: str) -> None:
        raw = content.encode() if isinstance(content, str) else content
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in heads.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def lead(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def on_mill(self) -> None:
        self.give(PAGE.format(title=self.server.title))  # type: ignore[attr-defined]

    def on_quay(self) -> None:
        self.give(PAGE.format(title="The quay is shut").replace("nine", "eleven"))

    def on_feed(self) -> None:
        host, port = self.server.server_address[:2]
        self.give(FEED.format(at=f"http://{host}:{port}"), "application/rss+xml")

    def on_packed(self) -> None:
        self.give(gzip.compress(PAGE.format(title="Packed").encode()), content_encoding="gzip")

    def on_bomb(self) -> None:
        self.give(gzip.compress(bytes(60_000_000)), content_encoding="gzip")

    def on_odd(self) -> None:
        self.give(b"\0", content_encoding="br")

    def on_large(self) -> None:
        self.give("x" * 21_000_000)

    def on_picture(self) -> None:
        self.give(b"\x89PNG", "image/png")

    def on_foreign(self) -> None:
        page = PAGE.format(title="Café").replace("mayor", "maïre")
        self.give(page.encode("cp1252", "xmlcharrefreplace"), "text/html; charset=windows-1252")

    def on_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:  # a word now and then, for ever
            self.wfile.write(b"<p>")
            self.wfile.flush()
            time.sleep(0.05)

    def handle(self) -> None:
        with suppress(OSError):  # whoever asked has gone
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """A site on 127.0.0.1, which alone of all inner addresses counts as public here."""
    public = guard.is_public
    here = ip_address("127.0.0.1")
    monkeypatch.setattr(guard, "is_public", lambda address: address == here or public(address))
    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    site.daemon_threads = True
    site.asked = []  # type: ignore[attr-defined]
    site.title = "Old mill to be rebuilt"  # type: ignore[attr-defined]
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    yield site
    site.shutdown()
    site.server_close()
    thread.join()


def at(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/{path}"


# What is reached


@pytest.mark.parametrize("path", ["mill", "moved", "packed"])
def test_a_page_is_fetched(server: ThreadingHTTPServer, path: str) -> None:
    fetched = fetch(at(server, path))
    assert BODY.split("\n\n")[0] in fetched.content.decode()
    assert fetched.kind == "text/html"
    assert fetched.address == at(server, "mill" if path == "moved" else path)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("gone", "404"),
        ("round", "without end"),
        ("inside", "no public address"),
        ("file", "only http"),
        ("bomb", "larger than 20 MB"),
        ("large", "larger than 20 MB"),
        ("odd", "packed as br"),
    ],
)
def test_what_cannot_be_fetched_says_why(server: ThreadingHTTPServer, path: str, says: str) -> None:
    with pytest.raises(NotFetched, match=says):
        fetch(at(server, path))


def test_a_server_that_never_ends_is_left(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_SECONDS", 1.0)
    start = time.monotonic()
    with pytest.raises(NotFetched, match="too slow"):
        fetch(at(server, "slow"))
    assert time.monotonic() - start < 5


# What is not


INNER = """127.0.0.1 127.1.2.3 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
224.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
64:ff9b::7f00:1 2002:7f00:1:: 2001:0:7f00:1::1 192.0.2.1""".split()


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not guard.is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_outer_addresses_are_public(address: str) -> None:
    assert guard.is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "0"]
)
def test_no_way_of_writing_this_machine_leads_to_it(host: str) -> None:
    """A server listens, and would answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        with pytest.raises(NotFetched, match=r"no public address|no host"):
            fetch(f"http://{host}:{listening.getsockname()[1]}/")
        with pytest.raises(BlockingIOError):
            listening.accept()  # nobody came


def test_a_name_is_checked_by_what_it_resolves_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """One inner address among outer ones is enough to refuse."""
    found = [(2, 1, 6, "", (address, 80)) for address in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(NotFetched, match=r"10[.]0[.]0[.]1, which is no public"):
        fetch("http://rebound.example/")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ftp://star.example/a", "only http"),
        ("http://", "only http"),
        ("http://user:word@star.example/", "name or password"),
        ("http://[::1", "no web address"),
        ("http://star.example:99999/", "no web address"),
        (f"http://{'a' * 70}.example/", "no web address"),
    ],
)
def test_an_address_is_checked_before_anything_is_asked(address: str, says: str) -> None:
    with pytest.raises(NotFetched, match=says):
        checked(address)


def test_an_address_is_asked_for_in_ascii() -> None:
    asked = checked(" https://bürgermeister.example/Straße?q=ä b#part ")
    assert asked == "https://xn--brgermeister-dlb.example/Stra%C3%9Fe?q=%C3%A4%20b"


# Into the archive


def test_a_page_and_a_feed_become_files(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    found = list(
        collect([at(server, "feed"), at(server, "picture"), at(server, "foreign")], tmp_path)
    )
    files = {one.address.rpartition("/")[2]: one.file for one in found if one.file}
    assert files.keys() == {"mill", "quay", "foreign"}
    reasons = {one.address.rpartition("/")[2]: one.reason for one in found if not one.file}
    assert reasons.keys() == {"gone", "secret", "picture"}
    assert "image/png" in reasons["picture"]
    assert "no public address" in reasons["secret"]
    assert "maïre" in files["foreign"].read_text("utf-8-sig")


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(config=Config(archive=tmp_path / "archive", fetch=True)) as opened:
        yield opened


def test_an_address_is_put_in_and_told(
    server: ThreadingHTTPServer, assistant: Assistant, tmp_path: Path
) -> None:
    told = []
    address = at(server, "mill")
    report = assistant.ingest(address, at(server, "gone"), on_file=told.append)
    (added,) = report.added
    assert [one.result for one in told] == ["added", "skipped"]
    assert told == report.files
    article = assistant.article(added)
    assert (article.url, article.text) == (address, BODY)
    assert Path(article.path).parent == tmp_path / "archive" / "uploads"
    assert assistant.ingest(address).unchanged == [added]
    server.title = "Old mill to be rebuilt at last"  # type: ignore[attr-defined]
    (changed,) = assistant.ingest(address).files
    assert (changed.result, changed.article_id) == ("updated", added)
    earlier = Path(changed.reason.removeprefix("its earlier version is kept as "))
    assert "Old mill to be rebuilt |" in earlier.read_text("utf-8")
    assert assistant.ingest(tmp_path / "archive" / "uploads").unchanged == [added]


def test_nothing_is_fetched_without_leave(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    with (
        Assistant.open(config=Config(archive=tmp_path / "a")) as opened,
        pytest.raises(FootnoteError, match="FOOTNOTE_FETCH=1"),
    ):
        opened.ingest(at(server, "mill"))
    assert server.asked == []  # type: ignore[attr-defined]
    assert not Config.from_environment({}).fetch
    assert Config.from_environment({"FOOTNOTE_FETCH": "1"}).fetch
    with pytest.raises(FootnoteError, match="FOOTNOTE_FETCH"):
        Config.from_environment({"FOOTNOTE_FETCH": "yes"})
