"""Folders into the archive: what changed, what did not, what is gone, what was left out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa import Assistant, FootnoteError, IngestReport
from tests.conftest import SEEDS

STORY = (
    "PORT VENN — The old lighthouse at Port Venn was relit on Friday after nine dark years, the "
    "harbour office said.\n\nKeeper Mara Osk climbed the 214 steps alone. “It felt like coming "
    "home,” she said.\n\nThe repair cost 1.2 million crowns, paid by {payer}.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "clippings"
    (target / "2024").mkdir(parents=True)
    (target / "light.txt").write_text(STORY.format(payer="the town"), "utf-8")
    (target / "2024" / "zwölf Brücken.md").write_text(
        "---\ntitle: Twelve bridges\noutlet: Venn Courier\npublished: 2024-05-01\n---\n"
        "VENN — Twelve bridges were closed on Wednesday, the roads office said.\n",
        "utf-8",
    )
    return target


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    opened = Assistant.open(tmp_path / "archive")
    yield opened
    opened.close()


def test_ids_are_paths_below_the_folder(assistant: Assistant, folder: Path) -> None:
    report = assistant.ingest(folder)
    assert sorted(report.added) == ["2024/zwölf Brücken.md", "light.txt"]
    assert assistant.article("2024/zwölf Brücken.md").outlet == "Venn Courier"


def test_what_has_not_changed_costs_nothing(assistant: Assistant, folder: Path) -> None:
    assistant.ingest(folder)
    again = assistant.ingest(folder)
    assert sorted(again.unchanged) == ["2024/zwölf Brücken.md", "light.txt"]
    assert again == IngestReport(unchanged=again.unchanged)


def test_a_changed_article_is_replaced_whole(assistant: Assistant, folder: Path) -> None:
    assistant.ingest(folder)
    (folder / "light.txt").write_text(STORY.format(payer="a lottery"), "utf-8")
    report = assistant.ingest(folder)
    assert report.updated == ["light.txt"]
    texts = [hit.text for hit in assistant.search("who paid for the lighthouse", 50)]
    assert any("a lottery" in text for text in texts)
    assert not any("the town" in text for text in texts)


def test_prune_removes_only_what_is_gone_below_the_folder(
    assistant: Assistant, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.md"
    other.write_text("VENN — Snow fell on the harbour on Monday.\n", "utf-8")
    assistant.ingest(folder, other)
    (folder / "light.txt").unlink()
    other.unlink()
    assert assistant.ingest(folder).removed == []
    report = assistant.ingest(folder, prune=True)
    assert report.removed == ["light.txt"]
    assert {a.id for a in assistant.articles()} == {"2024/zwölf Brücken.md", "other.md"}


def test_the_same_article_under_two_names_is_indexed_once(
    assistant: Assistant, folder: Path
) -> None:
    shutil.copy(folder / "light.txt", folder / "light copy.txt")
    for _ in range(2):
        report = assistant.ingest(folder)
        (skipped,) = report.skipped
        assert skipped.reason == "the same article as light copy.txt"
        assert Path(skipped.path).name == "light.txt"
        assert len(assistant.articles()) == 2


def test_a_renamed_file_moves_its_article(assistant: Assistant, folder: Path) -> None:
    assistant.ingest(folder)
    (folder / "light.txt").rename(folder / "lighthouse.txt")
    report = assistant.ingest(folder)
    assert (report.added, report.removed) == (["lighthouse.txt"], ["light.txt"])
    assert len(assistant.articles()) == 2


def test_two_folders_with_the_same_file_name_keep_both(
    assistant: Assistant, folder: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    (second / "light.txt").write_text(STORY.format(payer="nobody yet"), "utf-8")
    for _ in range(2):
        assistant.ingest(folder, second)
        assert {a.id for a in assistant.articles()} >= {"light.txt", "second/light.txt"}
        assert len(assistant.articles()) == 3


def test_bad_files_are_listed_and_the_rest_goes_in(assistant: Assistant, folder: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    (folder / "README.md").write_text("About this folder.", "utf-8")
    (folder / ".hidden.txt").write_text(STORY, "utf-8")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(200_000_000)
    report = assistant.ingest(folder)
    assert len(report.added) == 2
    named = {Path(s.path).name for s in report.skipped}
    assert named == {"empty.txt", "binary.txt", "scan.pdf", "loop", "huge.txt"}
    for skipped in report.skipped:
        assert len(skipped.reason.splitlines()) == 1


def test_a_path_that_is_not_there_is_an_error(assistant: Assistant, tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match="no such file"):
        assistant.ingest(tmp_path / "nowhere")


def test_progress_is_told(assistant: Assistant, folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    assistant.ingest(folder, on_progress=lambda *step: told.append(step))
    assert told[-1][1] == told[-1][2] == 2


def test_cut_at_any_moment_and_run_again_gives_the_same(tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(90):
        text = STORY.format(payer=f"donor number {number}").replace("214", str(200 + number))
        (many / f"{number:03}.txt").write_text(text * 3, "utf-8")
    archive = tmp_path / "cut"
    command = [sys.executable, "-m", "qa", "ingest", str(many), "--archive", str(archive)]
    for delay in (1.5, 3.0):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
    with Assistant.open(tmp_path / "whole") as whole, Assistant.open(archive) as cut:
        whole.ingest(many)
        assert cut.articles() == whole.articles()
        for query in ("donor number 77", "lighthouse keeper"):
            assert cut.search(query, 40) == whole.search(query, 40)


def test_the_originals_read_and_answer(assistant: Assistant) -> None:
    originals = SEEDS.parents[1] / "shared" / "articles"
    if not originals.exists():
        pytest.skip("the original articles are not here")
    report = assistant.ingest(originals)
    assert len(report.added) == 5
    assert not report.skipped
    answer = assistant.ask("How many artillery rounds were transferred to Russia?")
    assert "3 million" in answer.citations[0].quote
