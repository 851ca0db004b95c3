"""Files that are sent: what is kept, what is refused, and that nothing else stays behind."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from qa import Assistant
from qa.articles.finding import READ
from qa.chat import uploads
from qa.chat.uploads import Refused, Uploads, fitting
from qa.chat.visitor import Visitor
from tests.conftest import ROOT
from tests.serving.conftest import Place

ANYBODY = Visitor("192.0.2.1")


@pytest.fixture
def kept(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", kinds=READ, largest=lambda _: 1000, room=3000)


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    for piece in content:
        yield piece


def keep(into: Uploads, name: str, *content: bytes, visitor: Visitor = ANYBODY) -> str:
    return asyncio.run(into.keep(visitor, name, pieces(*content)))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_is_sent_is_kept(client: httpx.Client, place: Place) -> None:
    answer = client.put("/uploads/harbour%20news.txt", content=b"Three boats.")
    assert answer.json() == {"kept": "harbour news.txt"}
    assert (place.uploads / "harbour news.txt").read_bytes() == b"Three boats."
    assert not list(place.uploads.glob(".*"))


def test_a_changed_file_takes_the_place_of_its_earlier_version_which_is_kept(
    kept: Uploads, tmp_path: Path
) -> None:
    file = tmp_path / "uploads" / "news.txt"
    earlier = []
    for words in (b"one", b"one", b"two", b"three"):
        assert keep(kept, "news.txt", words) == "news.txt"
        assert file.read_bytes() == words
        earlier.append(kept.replaced(file))
    assert earlier[:2] == [None, None]
    assert [one.read_text() for one in earlier[2:] if one] == ["one", "two"]
    assert len(files(tmp_path)) == 3
    for number in range(3):
        keep(kept, "news.txt", b"%d" % number * 900)
    with pytest.raises(Refused, match="no room left"):  # earlier versions take room too
        keep(kept, "news.txt", b"z" * 900)


def test_an_archive_that_was_removed_is_not_begun_anew_by_a_file(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    kept = Uploads(archive / "uploads", kinds=READ, largest=lambda _: 1000)
    keep(kept, "news.txt", b"one")
    shutil.rmtree(archive)
    with pytest.raises(Refused, match="The archive was removed") as refused:
        keep(kept, "news.txt", b"two")
    assert refused.value.status == 410
    assert not archive.exists()


@pytest.mark.parametrize(
    "name", ["ledger.sqlite", "a.exe", "lock", "x.txt.sh", ".env", "a", "page.svg", ".txt"]
)
def test_what_is_of_no_kind_that_is_read_is_refused(
    client: httpx.Client, place: Place, name: str
) -> None:
    before = files(place.uploads)
    answer = client.put(f"/uploads/{name}", content=b"x" * 100)
    assert answer.status_code == 415
    assert "not read" in answer.json()["refused"]
    assert files(place.uploads) == before


def test_nothing_that_was_sent_hides_the_folder_from_ingestion(
    client: httpx.Client, place: Place, tmp_path: Path
) -> None:
    client.put("/uploads/bell.txt", content=b"The bell of Ardal rang on Tuesday, Lena Brandt said.")
    client.put("/uploads/ledger.sqlite", content=b"SQLite format 3")
    client.put("/uploads/README.md", content=b"The mill of Ardal turned on Friday, she said.")
    with Assistant.open(tmp_path / "other") as other:
        assert any("bell" in added for added in other.ingest(place.uploads).added)


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../etc/cron.txt", "cron.txt"), ("..\\evil.md", "evil.md"),
        (".hidden.txt", "hidden.txt"),
        ("a\x1b[2Jb.txt", "a[2Jb.txt"), ("\u202egpj.txt", "gpj.txt"), ("a\x00.txt", "a.txt"),
        ("é" * 300 + ".txt", "é" * 98 + ".txt"), (" .txt", "txt"), ("\ud800x.txt", "x.txt"),
    ],
)  # fmt: skip
def test_a_name_is_made_to_fit(name: str, kept_as: str) -> None:
    assert fitting(name) == kept_as
    assert len(fitting(name).encode()) <= 255


def test_what_is_too_large_is_not_read_to_its_end(kept: Uploads, tmp_path: Path) -> None:
    asked = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield b"x" * 300

    with pytest.raises(Refused, match="larger than one article") as refused:
        asyncio.run(kept.keep(ANYBODY, "a.txt", endless()))
    assert refused.value.status == 413
    assert asked == 4
    assert files(tmp_path) == []


def test_a_large_one_is_refused_while_it_comes(place: Place) -> None:
    host, port = place.host.split(":")
    sent = 0
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(
            b"PUT /uploads/big.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000000\r\n\r\n"
        )
        try:
            for _ in range(3000):
                line.sendall(b"x" * 65536)
                sent += 65536
        except OSError:
            pass  # it hung up
    assert sent < 60_000_000
    assert not [name for name in files(place.uploads) if "big" in name or name.startswith(".")]


def test_each_has_so_much_room(kept: Uploads, tmp_path: Path) -> None:
    for number in range(3):
        keep(kept, f"{number}.txt", b"%d" % number * 900)
    with pytest.raises(Refused, match="no room left"):
        keep(kept, "more.txt", b"z" * 900)
    assert keep(kept, "hers.txt", b"z" * 900, visitor=Visitor("", "anna")) == "hers.txt"
    assert (tmp_path / "uploads" / "@anna" / "hers.txt").exists()
    assert len(files(tmp_path)) == 4


def test_so_many_come_in_at_once(kept: Uploads) -> None:
    async def crowd() -> list[object]:
        gate = asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield b"x"
            await gate.wait()

        held = [asyncio.create_task(kept.keep(ANYBODY, f"{n}.txt", slow())) for n in range(8)]
        await asyncio.sleep(0.1)
        with pytest.raises(Refused, match="at once"):
            await kept.keep(ANYBODY, "ninth.txt", pieces(b"x"))
        gate.set()
        return list(await asyncio.gather(*held))

    assert len(asyncio.run(crowd())) == 8
    assert keep(kept, "ninth.txt", b"x") == "ninth.txt"


FULL = """
import asyncio, resource, sys
from pathlib import Path
from qa.chat.uploads import Refused, Uploads
from qa.chat.visitor import Visitor

async def pieces():
    for _ in range(40):
        yield b"x" * 1000

resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
uploads = Uploads(Path(sys.argv[1]), kinds=[".txt"], largest=lambda _: 1_000_000)
try:
    asyncio.run(uploads.keep(Visitor("here"), "a.txt", pieces()))
except Refused as error:
    print(error.status, error, end="")
"""


def test_a_full_disk_leaves_nothing_and_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    done = subprocess.run(
        [sys.executable, "-c", FULL, folder], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("507 The disk of the archive is full: a.txt was not kept.")
    assert "\n" not in done.stdout
    assert str(tmp_path) not in done.stdout
    assert files(tmp_path) == []


def test_who_hangs_up_in_the_middle_leaves_nothing(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    host, port = place.host.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(
            b"PUT /uploads/gone.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc"
        )
        time.sleep(0.5)
    time.sleep(1)
    assert not [name for name in files(place.uploads) if "gone" in name or name.startswith(".")]
    assert "Traceback" not in capfd.readouterr().err


def test_what_was_cut_off_is_gone_when_the_folder_is_next_used(tmp_path: Path) -> None:
    cut = tmp_path / "@anna" / f".abc{uploads._PART}"
    cut.parent.mkdir()
    cut.write_bytes(b"half")
    (tmp_path / "whole.txt").write_bytes(b"whole")
    Uploads(tmp_path, kinds=READ, largest=lambda _: 1000)
    assert files(tmp_path) == ["whole.txt"]


def test_a_name_finds_only_what_was_added(kept: Uploads, tmp_path: Path) -> None:
    name = keep(kept, "news.txt", b"one")
    (tmp_path / "secret.txt").write_text("x")
    assert kept.find(ANYBODY, name)
    for other in (
        "../secret.txt",
        str(tmp_path / "secret.txt"),
        ".",
        "",
        "@anna/news.txt",
        "no.txt",
    ):
        assert kept.find(ANYBODY, other) is None
    assert kept.find(Visitor("", "anna"), name) is None


def test_a_half_open_upload_times_out_and_leaves_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.serving.limits._SILENCE", 0.5)
    host, port = place.host.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(
            b"PUT /uploads/slow.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc"
        )
        begun = time.monotonic()
        said = line.recv(4096)
        assert b" 408 " in said.splitlines()[0]
        while line.recv(4096):  # and then it hangs up
            pass
    assert time.monotonic() - begun < 10
    assert not [name for name in files(place.uploads) if "slow" in name or name.startswith(".")]


def test_who_says_nothing_is_hung_up_on(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.serving.server._PATIENCE", 0.5)
    host, port = place.host.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert line.recv(100) == b""
