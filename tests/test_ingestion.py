"""Folders into the archive: what changed, what did not, what is gone, what was left out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from qa import Assistant, FootnoteError, IngestReport

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


def test_an_article_whose_file_is_away_keeps_its_name(assistant: Assistant, tmp_path: Path) -> None:
    """A folder that moved, a drive that is not mounted: no other file takes the article's place."""
    for name, payer in (("A", "the town"), ("B", "a bank"), ("uploads", "a stranger")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "note.txt").write_text(STORY.format(payer=payer), "utf-8")
    assistant.ingest(tmp_path / "A")
    (tmp_path / "A").rename(tmp_path / "A2")
    assert assistant.ingest(tmp_path / "B").added == ["B/note.txt"]
    assert assistant.ingest(tmp_path / "uploads" / "note.txt").added == ["uploads/note.txt"]
    assert "the town" in assistant.article("note.txt").text
    report = assistant.ingest(tmp_path / "A2")  # and back at another place it is the one it was
    assert report.updated == ["note.txt"]
    assert assistant.article("note.txt").path == str(tmp_path / "A2" / "note.txt")
    assert len(assistant.articles()) == 3


def test_a_moved_folder_with_changes_keeps_both_states(
    assistant: Assistant, folder: Path, tmp_path: Path
) -> None:
    assistant.ingest(folder)
    folder = folder.rename(tmp_path / "moved")
    (folder / "light.txt").write_text(STORY.format(payer="a lottery"), "utf-8")
    report = assistant.ingest(folder)
    assert (report.updated, report.added) == (["2024/zwölf Brücken.md"], ["moved/light.txt"])
    assert "the town" in assistant.article("light.txt").text


def test_swapped_and_moved_texts_all_stay(assistant: Assistant, folder: Path) -> None:
    first, second = folder / "light.txt", folder / "2024" / "other.txt"
    second.write_text(STORY.format(payer="a bank"), "utf-8")
    assistant.ingest(folder)
    one, other = first.read_text("utf-8"), second.read_text("utf-8")
    first.write_text(other, "utf-8")
    second.write_text(one, "utf-8")
    report = assistant.ingest(folder)
    assert sorted(report.updated) == ["2024/other.txt", "light.txt"]
    assert "a bank" in assistant.article("light.txt").text
    assert "the town" in assistant.article("2024/other.txt").text
    # An old text under a new name, while its file gets a new one; before and after it in the walk.
    (folder / "a.txt").write_text(other, "utf-8")
    first.write_text(STORY.format(payer="a film company"), "utf-8")
    (folder / "z.txt").write_text(one, "utf-8")
    second.write_text(STORY.format(payer="the sailors"), "utf-8")
    assistant.ingest(folder)
    texts = " ".join(article.text for article in assistant.articles())
    for payer in ("the town", "a bank", "a film company", "the sailors"):
        assert payer in texts
    assert not assistant.ingest(folder).skipped


def test_three_folders_of_one_name_collide_without_loss(
    assistant: Assistant, tmp_path: Path
) -> None:
    roots = [tmp_path / name / "news" for name in "xyz"]
    for root in roots:
        root.mkdir(parents=True)
        (root / "a.txt").write_text(STORY.format(payer=f"{root.parent.name}-land"), "utf-8")
    for _ in range(2):
        assistant.ingest(*roots)
        assert {a.id for a in assistant.articles()} == {"a.txt", "news/a.txt", "z/news/a.txt"}


def test_one_file_through_two_folders_is_one_article(assistant: Assistant, folder: Path) -> None:
    assistant.ingest(folder)
    (folder / "2024" / "zwölf Brücken.md").write_text("VENN — Eleven bridges are shut.\n", "utf-8")
    report = assistant.ingest(folder / "2024")
    assert report.updated == ["2024/zwölf Brücken.md"]
    assert len(assistant.articles()) == 2


def test_a_file_that_became_empty_keeps_its_article_and_says_so(
    assistant: Assistant, folder: Path
) -> None:
    assistant.ingest(folder)
    (folder / "light.txt").write_text("", "utf-8")
    (skipped,) = assistant.ingest(folder).skipped
    assert "earlier version is kept" in skipped.reason
    assert assistant.article("light.txt").text


def test_a_pipe_among_the_files_does_not_hang(assistant: Assistant, folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (skipped,) = assistant.ingest(folder).skipped
    assert "not a regular file" in skipped.reason


def test_asking_beside_a_writer_never_fails(assistant: Assistant, folder: Path) -> None:
    assistant.ingest(folder)
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                answer = assistant.ask("Who relit the lighthouse at Port Venn?")
                for c in answer.citations:
                    assert c.quote
                assistant.search("lighthouse", 5)
            except BaseException as error:  # whatever it is, the test must see it
                failures.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(15):
        (folder / "light.txt").write_text(STORY.format(payer=f"donor {turn}") * 2, "utf-8")
        assistant.ingest(folder)
    done.set()
    for thread in threads:
        thread.join()
    assert not failures


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


def test_the_originals_read_and_answer(assistant: Assistant, originals: Path) -> None:
    report = assistant.ingest(originals)
    assert len(report.added) == 5
    assert not report.skipped
    answer = assistant.ask("How many artillery rounds were transferred to Russia?")
    assert "3 million" in answer.citations[0].quote
