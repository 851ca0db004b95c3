"""`footnote evaluate` and `footnote gold`, with a real archive of the seeds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import SEEDS

GOLD = SEEDS / "gold.jsonl"
FOOTNOTE = [sys.executable, "-m", "qa"]
SQUAD = {
    "data": [
        {
            "title": "Lunde",
            "paragraphs": [
                {
                    "context": "Lunde is a town in the far north. Its harbour, opened in 1931, was "
                    "designed by Ada Renner and holds 40 boats.",
                    "qas": [
                        {
                            "id": "1",
                            "question": "Who designed the harbour of Lunde?",
                            "answers": [{"text": "Ada Renner", "answer_start": 87}],
                        },
                        {
                            "id": "2",
                            "question": "Which airline flies from Tokyo to Lima?",
                            "answers": [],
                            "is_impossible": True,
                        },
                    ],
                }
            ],
        }
    ]
}


def footnote(
    *words: object, archive: Path | None = None, cwd: Path
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SEEDS.parent), "COLUMNS": "120"}
    if archive:
        environment["FOOTNOTE_ARCHIVE"] = str(archive)
    return subprocess.run(
        [*FOOTNOTE, *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four of our gold pairs, of several types."""
    lines = GOLD.read_text("utf-8").splitlines()
    path = tmp_path_factory.mktemp("gold") / "few.jsonl"
    path.write_text("\n".join(lines[::30]), "utf-8")
    return path


def test_an_evaluation_writes_its_run_prints_its_table_and_holds_a_bar(
    few: Path, seeds_archive: Path, tmp_path: Path
) -> None:
    done = footnote(
        "evaluate", few, "--name", "run-a", "--require", "hit@10>=0.5", "--report", "out.html",
        "--baseline", "--jobs", 2, archive=seeds_archive, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "answer_f1" in done.stdout
    assert "LlamaIndex + Chroma" in done.stdout
    run = json.loads((tmp_path / "run-a.json").read_text("utf-8"))
    assert len(run["outcomes"]) == len(few.read_text("utf-8").splitlines())
    assert run["figures"]["quotes_verified"]["value"] == 1
    assert run["about"]["config"]["read"] > 0
    assert "key" not in json.dumps(run["about"]["config"])
    first = run["outcomes"][0]["seconds"]
    assert {"retrieve", "read", "compose", "total"} <= set(first)
    assert sum(first[stage] for stage in ("retrieve", "read", "compose")) == pytest.approx(
        first["total"]
    )
    assert (tmp_path / "run-a.baseline.json").exists()
    assert not list(tmp_path.glob("*.journal"))
    assert "<html" in (tmp_path / "out.html").read_text("utf-8")

    fallen = footnote(
        "evaluate", few, "--name", "run-b", "--config", "threshold=1", "--require",
        "holds>=0.9", archive=seeds_archive, cwd=tmp_path,
    )  # fmt: skip
    assert fallen.returncode == 1
    assert "footnote: holds is 0: it must be >= 0.9" in fallen.stderr

    compared = footnote("evaluate", "compare", "run-a.json", "run-b.json", cwd=tmp_path)
    assert compared.returncode == 0, compared.stderr
    assert "broken:" in compared.stdout


def test_squad_is_evaluated_in_an_archive_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "dev.json").write_text(json.dumps(SQUAD), "utf-8")
    done = footnote("evaluate", "--squad", "dev.json", "--name", "squad", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    run = json.loads((tmp_path / "squad.json").read_text("utf-8"))
    assert run["figures"]["answer_f1"]["value"] == 1
    assert {path.name for path in tmp_path.iterdir()} == {"dev.json", "squad.json"}


def test_bad_lines_of_gold_fail_a_bar(seeds_archive: Path, tmp_path: Path) -> None:
    lines = [GOLD.read_text("utf-8").splitlines()[0], "{broken"]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), "utf-8")
    done = footnote(
        "evaluate", "gold.jsonl", "--name", "x", "--require", "hit@10>=0",
        archive=seeds_archive, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 1
    assert "gold.jsonl, line 2: not JSON" in done.stderr
    assert "1 lines of the gold could not be used" in done.stderr
    assert "1 lines of the gold were left out" in done.stdout


def test_ctrl_c_keeps_what_is_done(seeds_archive: Path, tmp_path: Path) -> None:
    command = [*FOOTNOTE, "evaluate", str(GOLD), "--name", "run", "--archive", str(seeds_archive)]
    environment = {**os.environ, "PYTHONPATH": str(SEEDS.parent)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as running:
        journal = tmp_path / "run.journal"
        for _ in range(600):
            if journal.exists() and len(journal.read_text("utf-8").splitlines()) > 3:
                break
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert errors.strip().splitlines() == [
        "footnote: stopped; what was asked is kept: run it again with --name run to go on."
    ]
    assert journal.read_text("utf-8").count('"outcome"') >= 2


def test_gold_check_says_what_to_mend(seeds_archive: Path, tmp_path: Path) -> None:
    right = footnote("gold", "check", GOLD, archive=seeds_archive, cwd=tmp_path)
    assert right.returncode == 0, right.stdout
    assert "no lines to mend" in right.stdout
    bad = {
        "question": "Who?",
        "answers": ["Nobody at all"],
        "articles": ["seoul-wellington-summit"],
    }
    (tmp_path / "bad.jsonl").write_text(json.dumps(bad) + "\n{", "utf-8")
    wrong = footnote("gold", "check", "bad.jsonl", archive=seeds_archive, cwd=tmp_path)
    assert wrong.returncode == 1
    assert "line 1: no article is called 'seoul-wellington-summit'" in wrong.stdout
    assert "line 2: not JSON" in wrong.stdout
    assert "2 lines to mend" in wrong.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["evaluate", "run"], "one of the two"),
        (["evaluate", str(GOLD), "--name", "there"], "there.json is there already"),
        (["evaluate", str(GOLD), "--name", "there.json/x"], "cannot be written"),
        (["evaluate", str(GOLD), "--name", "x" * 300], "--name cannot name a file"),
        (["evaluate", str(GOLD), "--report", "page.txt"], "ends in .html"),
        (["evaluate", str(GOLD), "--report", "."], "is a folder"),
        (["evaluate", str(GOLD), "--report", "kept.html"], "kept.html is there already"),
        (["evaluate", "none.jsonl"], "none.jsonl: there is no such file"),
        (["evaluate", str(GOLD), "--require", "speed>=1"], "names no figure"),
        (["evaluate", str(GOLD), "--config", "speed=1"], "the settings are"),
        (["evaluate", str(GOLD), "--config", "read=many"], "give a number"),
        (["evaluate", str(GOLD), "--judge"], "FOOTNOTE_LLM"),
        (["evaluate", "compare", "a.json", "b.json"], "a.json: there is no such file"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    words: list[str], says: str, seeds_archive: Path, tmp_path: Path
) -> None:
    mine = [tmp_path / name for name in ("there.json", "kept.html")]
    for path in mine:
        path.write_text("mine")
    done = footnote(*words, archive=seeds_archive, cwd=tmp_path)
    assert all(path.read_text() == "mine" for path in mine)
    assert done.returncode == 2
    assert done.stderr.startswith("footnote: ")
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr
