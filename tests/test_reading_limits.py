"""Files are read in processes of their own: what is too much for one costs nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from qa import Assistant, ingestion
from qa.articles.parts import Job, Part
from qa.articles.processes import Limits, Readers
from tests.documents import bundle
from tests.files import BODY, write

ROOT = Path(__file__).parents[1]
SHORT = Limits(seconds=1.0, per_megabyte=0.1, memory=500_000_000)
SAID = "The council of Nether Tarn said on Monday that the mill will be rebuilt. "
PAGE = f"<html><body><p>{SAID * 5}</p>{{}}</body></html>"

# What took a minute or more of the program itself, and what takes as long still.
ENDLESS = {
    "attributes.html": f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{SAID * 5}",
    "line.html": f"<p>{SAID * 140_000}",
    "line.txt": SAID * 140_000,
}
QUICK = {
    "cdata.html": PAGE.format("<![CDATA[" * 100_000),
    "comments.html": PAGE.format("<!--" * 100_000),
    "nested.html": "<div>" * 100_000 + SAID,
    "tables.html": "<table><tr><td>" * 30_000 + SAID,
    "unclosed.html": f"<p>{SAID * 5}" + "<b><i>" * 100_000,
}


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(SHORT) as opened:
        yield opened


def read(readers: Readers, path: Path) -> Part:
    return readers.read(Job(path=str(path), root=str(path.parent))).result(timeout=120)[-1]


@pytest.mark.parametrize("name", ENDLESS)
def test_a_file_that_takes_too_long_is_left(readers: Readers, tmp_path: Path, name: str) -> None:
    assert "takes too long" in read(readers, write(tmp_path, name, ENDLESS[name])).reason
    after = read(readers, write(tmp_path, "mill.txt", BODY)).article
    assert after is not None
    assert after.text == BODY


@pytest.mark.parametrize("name", QUICK)
def test_what_was_slow_is_not(readers: Readers, tmp_path: Path, name: str) -> None:
    part = read(readers, write(tmp_path, name, QUICK[name]))
    assert "too deeply" in part.reason or SAID.strip() in part.article.text


def test_a_file_that_wants_too_much_memory_is_left(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "\n\n".join([SAID * 3] * 60_000))
    with Readers(Limits(memory=220_000_000)) as readers:
        part = read(readers, path)
    assert "memory" in part.reason or "crash" in part.reason


def test_a_process_that_dies_costs_its_file_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", ENDLESS["attributes.html"])
    with Readers() as readers:
        reading = readers.read(Job(path=str(path), root=str(tmp_path)))
        time.sleep(2)
        os.kill(readers._all[0]._process.pid, signal.SIGSEGV)
        assert "crash (exit code -11)" in reading.result(timeout=60)[-1].reason
        assert read(readers, write(tmp_path, "mill.txt", BODY)).article


def test_what_was_read_of_a_bundle_stays(readers: Readers, tmp_path: Path) -> None:
    files = {"a.txt": BODY, "b.html": ENDLESS["attributes.html"], "c.txt": BODY}
    path = write(tmp_path, "news.zip", bundle(files))
    parts = readers.read(Job(path=str(path), root=str(tmp_path))).result(timeout=120)
    assert [part.name for part in parts] == ["a.txt", ""]
    assert "takes too long" in parts[-1].reason


def test_closing_ends_what_is_being_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", ENDLESS["attributes.html"])
    with Readers() as readers:
        reading = [readers.read(Job(path=str(path), root=str(tmp_path))) for _ in range(9)]
        time.sleep(1)
    for one in reading:
        assert one.cancelled() or one.result(timeout=10)[-1].reason


def test_a_bad_file_in_a_folder_costs_nobody_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From a thread, as a server does it."""
    monkeypatch.setattr(ingestion, "Readers", partial(Readers, SHORT))
    for number in range(4):
        write(tmp_path / "in", f"{number}.txt", BODY.replace("nine", str(10 + number)))
    write(tmp_path / "in", "2b.html", ENDLESS["attributes.html"])
    with Assistant.open(tmp_path / "archive") as assistant:
        working = threading.Thread(target=assistant.ingest, args=(tmp_path / "in",))
        working.start()
        working.join(timeout=120)
        report = assistant.ingest(tmp_path / "in")
    assert report.unchanged == ["0.txt", "1.txt", "2.txt", "3.txt"]
    (skipped,) = report.skipped
    assert (Path(skipped.path).name, skipped.reason) == (
        "2b.html",
        "reading it takes too long; save its text as .txt",
    )
    assert [Path(file.path).name for file in report.files] == [
        *("0.txt", "1.txt", "2.txt", "2b.html", "3.txt")
    ]


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    path = write(tmp_path, "mill.txt", BODY)
    script = (
        "from qa.articles.parts import Job\nfrom qa.articles.processes import Readers\n"
        f"job = Job(path={str(path)!r}, root='/')\nprint('begun')\nwith Readers() as readers:\n"
        "    print(len(readers.read(job).result()[0].article.text))\n"
    )
    done = subprocess.run(
        [sys.executable, write(tmp_path, "script.py", script)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.split() == ["begun", str(len(BODY))]
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system does not show environments")
def test_no_secret_reaches_what_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FOOTNOTE_LLM_KEY", "swordfish")
    with Readers() as readers:
        assert read(readers, write(tmp_path, "mill.txt", BODY)).article
        environment = Path(f"/proc/{readers._all[0]._process.pid}/environ").read_bytes()
    assert b"PYTHONPATH" in environment
    assert b"swordfish" not in environment
