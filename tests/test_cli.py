"""The command line as a person or a script meets it."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import Assistant
from tests.conftest import SEEDS


def footnote(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


def test_ask_prints_the_answer_and_its_footnotes(seeds_archive: Path) -> None:
    done = footnote("ask", "Who met Lavrov in Moscow?", "--archive", seeds_archive)
    assert done.returncode == 0
    assert "[1]" in done.stdout
    assert "Choe Son Hui" in done.stdout
    assert done.stderr == ""


def test_json_is_alone_on_standard_output_and_agrees_with_python(
    seeds_archive: Path, seeds: Assistant
) -> None:
    question = "How many artillery rounds did North Korea transfer to Russia?"
    done = footnote("ask", question, "--json", FOOTNOTE_ARCHIVE=str(seeds_archive))
    told = json.loads(done.stdout)
    answer = seeds.ask(question)
    assert told["text"] == answer.text
    assert told["confidence"] == pytest.approx(answer.confidence, abs=1e-4)
    assert told["citations"][0]["quote"] == answer.citations[0].quote
    assert set(told) == set(answer.__dataclass_fields__)


def test_silence_is_exit_code_3(seeds_archive: Path) -> None:
    done = footnote("ask", "Who won the football match?", "--archive", seeds_archive)
    assert done.returncode == 3
    assert "The articles don't answer that." in done.stdout


def test_a_piped_list_has_whole_lines(seeds_archive: Path, seeds: Assistant) -> None:
    done = footnote("articles", "--archive", seeds_archive, COLUMNS="80")
    _, *lines = done.stdout.splitlines()
    listed = seeds.articles()
    assert len(lines) == len(listed)
    for line, article in zip(lines, listed, strict=True):
        assert article.title in line
        assert line.rstrip().endswith(article.id)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", "Who?", "--archive", "{tmp}/missing"), "footnote ingest"),
        (("ingest", "{tmp}/nowhere", "--archive", "{tmp}/a"), "no such file"),
        (("ask", "Who?", "--since", "soon", "--archive", "{seeds}"), "2024-09-04"),
        (("ask",), "question"),
        (("ask", " ", "--archive", "{seeds}"), "question is empty"),
        (("ingest", "https://star.example/a", "--archive", "{tmp}/a"), "FOOTNOTE_FETCH=1"),
        (("fly",), "fly"),
    ],
)
def test_errors_are_exit_code_2_without_a_traceback(
    arguments: tuple[str, ...], says: str, tmp_path: Path, seeds_archive: Path
) -> None:
    filled = [a.format(tmp=tmp_path, seeds=seeds_archive) for a in arguments]
    done = footnote(*filled)
    assert done.returncode == 2
    assert says.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_a_second_writer_is_told_at_once_and_readers_go_on(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    with Assistant.open(archive) as assistant:
        assistant.ingest(SEEDS)
        busy = footnote("ingest", SEEDS, "--archive", archive)
        assert busy.returncode == 2
        assert len(busy.stderr.strip().splitlines()) == 1
        assert footnote("ask", "Who met Lavrov?", "--archive", archive).returncode == 0


def test_a_text_is_taken_from_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qa", "ingest", "-", "--archive", tmp_path / "archive"],
        input="Snow on the harbour\n\nVENN — Snow fell on the harbour on Monday, and it stayed.",
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "1 added" in done.stdout
    assert (tmp_path / "archive" / "uploads" / "snow-on-the-harbour.txt").is_file()


def test_ingest_names_what_it_skipped_and_is_quiet_when_piped(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("VENN — Snow fell on the harbour on Monday.")
    (tmp_path / "in" / "empty.txt").touch()
    done = footnote("ingest", tmp_path / "in", "--archive", tmp_path / "archive")
    assert done.returncode == 0
    assert "1 added" in done.stdout
    assert "empty.txt" in done.stdout
    assert done.stderr == ""


def _read_all(terminal: int) -> Iterator[str]:
    try:
        while chunk := os.read(terminal, 100_000):
            yield chunk.decode(errors="replace")
    except OSError:  # how a terminal says that the other end is closed
        return


def test_a_terminal_gets_a_progress_bar(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "qa", "ingest", str(SEEDS), "--archive", str(tmp_path / "archive")],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = "".join(_read_all(ours))
    os.close(ours)
    assert running.wait(timeout=120) == 0
    assert "Reading" in shown
    assert "5/5" in shown


def test_ctrl_c_says_that_what_was_done_is_kept(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text(f"VENN — Storm {number} passed over the harbour.")
    command = [sys.executable, "-m", "qa", "ingest", tmp_path, "--archive", tmp_path / "archive"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "archive" / "ledger.sqlite").exists():
        time.sleep(0.01)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said.strip().splitlines()[-1].startswith("footnote: stopped")
    assert "Traceback" not in said


def test_search_and_articles(seeds_archive: Path) -> None:
    found = footnote(
        "search", "ballistic missiles", "--top", 3, "--json", "--archive", seeds_archive
    )
    assert len(json.loads(found.stdout)) == 3
    listed = footnote("articles", "--json", "--archive", seeds_archive)
    assert len(json.loads(listed.stdout)) == 5
    assert "Ukrinform" in footnote("articles", "--archive", seeds_archive).stdout


@pytest.mark.parametrize("command", ["ingest", "ask", "search", "articles", "serve"])
def test_help_has_an_example(command: str) -> None:
    done = footnote(command, "--help", COLUMNS="100")
    assert done.returncode == 0
    assert "Example" in done.stdout


def test_asking_imports_nothing_heavy(seeds_archive: Path) -> None:
    code = (
        "import sys; from qa import Assistant\n"
        f"with Assistant.open({str(seeds_archive)!r}, read_only=True) as assistant:\n"
        "    assistant.ask('Who met Lavrov?')\n"
        "heavy = ('torch', 'gradio', 'sentence_transformers', 'chromadb', 'llama_index')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
