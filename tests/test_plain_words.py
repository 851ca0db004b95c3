"""What is wrong is said in one line that is true, and nothing a file holds steers the terminal."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from qa import Assistant
from qa.errors import ArchiveDamaged, ArchiveError, EmbeddingUnavailable
from tests.files import BODY, write
from vectorstore import database, minilm
from vectorstore.embedding import Embedding

ROOT = Path(__file__).parents[1]
LONG = "x" * 300
NESTED = "[" * 100_000


def footnote(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize("read_only", [True, False])
def test_an_empty_ledger_is_damaged_and_never_started_anew(tmp_path: Path, read_only: bool) -> None:
    ledger = write(tmp_path, "ledger.sqlite", b"")
    with pytest.raises(ArchiveDamaged, match=r"ledger\.sqlite is empty"):
        Assistant.open(tmp_path, read_only=read_only)
    assert ledger.read_bytes() == b""


def test_a_locked_ledger_is_called_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Assistant.open(tmp_path).close()
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    holder = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    for read_only in (True, False):
        with pytest.raises(ArchiveError, match="another program holds it"):
            Assistant.open(tmp_path, read_only=read_only)
    holder.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_ledger_is_called_unreadable(tmp_path: Path) -> None:
    Assistant.open(tmp_path).close()
    (tmp_path / "ledger.sqlite").chmod(0)
    with pytest.raises(ArchiveError, match="check the permissions"):
        Assistant.open(tmp_path, read_only=True)


@pytest.mark.parametrize("content", [b"", b"not a model", None])
def test_a_broken_embedding_model_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    graph = tmp_path / "minilm.onnx"
    if content is not None:
        graph.write_bytes(content)
    monkeypatch.setattr(minilm, "_GRAPH", graph)
    with pytest.raises(EmbeddingUnavailable, match="reinstall Footnote") as caught:
        Embedding.open().encode_query("Who relit the lighthouse?")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest", LONG],
        ["ingest", "news", "--archive", LONG],
        ["articles", "--archive", LONG],
        ["evaluate", "gold.jsonl", "--name", LONG],
        ["evaluate", "gold.jsonl", "--report", f"{LONG}.html"],
        ["evaluate", LONG],
        ["evaluate", "nested.jsonl"],
        ["evaluate", "nested.csv"],
        ["evaluate", "--squad", "nested.json"],
        ["evaluate", "compare", "nested.json", "nested.json"],
    ],
    ids=" ".join,
)
def test_no_argument_is_unforeseen(arguments: list[str], tmp_path: Path) -> None:
    write(tmp_path, "news/a.txt", BODY)
    write(tmp_path, "gold.jsonl", '{"question": "Who?", "answers": ["Fell"]}\n')
    write(tmp_path, "nested.json", NESTED)
    write(tmp_path, "nested.jsonl", NESTED)
    write(tmp_path, "nested.csv", f'question,answers\nWho?,"{NESTED}"\n')
    done = footnote(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "should not have happened" not in done.stderr
    assert all(line.startswith("footnote: ") for line in done.stderr.splitlines())


STEERING = ("\x1b", "\x9b", "\u202e", "\u2066", "\x07", "\r", "\x7f")


def test_nothing_steers_the_terminal(tmp_path: Path) -> None:
    name = "\x1b[31mred\x9b2J\u202etxt.\u2066\x07\r\x7f\n"
    write(tmp_path, f"news/{name}.txt", BODY)
    write(tmp_path, f"news/{name}.pdf", BODY)
    write(tmp_path, f"news/{name}.md", f'---\noutlet: "\\e[2J\\u202e"\n---\n{BODY.upper()}')
    shown = [
        footnote("ingest", "news", cwd=tmp_path),
        footnote("articles", cwd=tmp_path),
        footnote("articles", "--json", cwd=tmp_path),
        footnote("search", "mill", cwd=tmp_path),
        footnote("ask", "Who is the mayor?", cwd=tmp_path),
        footnote("ingest", f"{name}", cwd=tmp_path),
    ]
    for done in shown:
        assert done.returncode in (0, 2, 3)
        assert not [mark for mark in STEERING if mark in done.stdout + done.stderr]
    assert "2 added" in shown[0].stdout
    assert len(shown[0].stdout.splitlines()) == 2
    assert len(shown[-1].stderr.splitlines()) == 1
