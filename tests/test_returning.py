"""What is taken out comes back: articles, and what cleaning took from them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import Assistant, FootnoteError
from tests.conftest import ROOT
from vectorstore.moving import move

PAGE = Path(__file__).parent / "pages" / "regional-daily.txt"
NEWS = (
    "ARDAL, Sept. 4, 2024 — The north quay of the port of Ardal took its first container ship "
    "in nine weeks on Wednesday, harbour master Lena Brandt said. The repair of the quay cost "
    "6.2 million euros, of which the region paid half.\n"
)
COST = "What did the repair of the quay cost?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "in" / "quay.txt"
    file.parent.mkdir()
    file.write_text(NEWS, encoding="utf-8")
    return file


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(tmp_path / "archive") as archive:
        yield archive


def test_what_was_removed_comes_back_though_its_file_is_gone(
    archive: Assistant, file: Path
) -> None:
    (id_,) = archive.ingest(file).added
    before, said = archive.article(id_), archive.ask(COST)
    file.unlink()
    archive.remove(id_)
    assert archive.articles() == []
    assert [one.article.id for one in archive.removed()] == [id_]
    assert archive.bring_back(id_) == before == archive.article(id_)
    assert archive.ask(COST) == said
    assert archive.removed() == []
    with pytest.raises(FootnoteError, match="none can come back"):
        archive.bring_back(id_)


def test_what_comes_back_by_its_file_is_no_longer_removed(archive: Assistant, file: Path) -> None:
    (id_,) = archive.ingest(file).added
    archive.remove(id_)
    archive.ingest(file)
    assert archive.removed() == []
    archive.remove(id_)
    archive.bring_back(id_)
    assert archive.ingest(file).unchanged == [id_]


def test_two_that_were_removed_under_one_id_are_both_kept(archive: Assistant, file: Path) -> None:
    (id_,) = archive.ingest(file).added
    first = archive.article(id_).text
    archive.remove(id_)
    file.write_text(NEWS.replace("6.2", "7.4"), encoding="utf-8")
    archive.ingest(file)
    archive.remove(id_)
    assert len(archive.removed()) == 2
    assert "7.4" in archive.bring_back(id_).text
    assert archive.removed() == []  # one stands in its place
    archive.remove(id_)
    assert first in [one.article.text for one in archive.removed()]


def test_what_was_removed_moves_with_the_archive(
    archive: Assistant, file: Path, tmp_path: Path
) -> None:
    (id_,) = archive.ingest(file).added
    archive.remove(id_)
    archive.close()
    move(tmp_path / "archive", tmp_path / "other")
    with Assistant.open(tmp_path / "other") as other:
        assert other.bring_back(id_).id == id_


def test_what_cleaning_took_is_shown_and_put_back_for_good(
    archive: Assistant, tmp_path: Path
) -> None:
    file = tmp_path / "in" / "page.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text(PAGE.read_text("utf-8"), encoding="utf-8")
    (id_,) = archive.ingest(file).added
    text, found = archive.article(id_).text, archive.left_out(id_)
    body = PAGE.with_suffix(".body.txt").read_text("utf-8").strip().split("\n\n")
    (cut,) = [one for one in found if one.words in body]  # its standfirst, which cleaning takes
    archive.put_back(id_, cut.words)
    paragraphs = archive.article(id_).text.split("\n\n")
    assert paragraphs.index(cut.words) == cut.before
    assert [one for one in paragraphs if one != cut.words] == text.split("\n\n")
    assert any(cut.words in hit.text for hit in archive.passages(id_))
    assert archive.ingest(file).unchanged == [id_]
    file.write_text(PAGE.read_text("utf-8") + "\n\nImpressum\n", encoding="utf-8")
    assert archive.ingest(file).updated == [id_]
    assert cut.words in archive.article(id_).text
    assert [one.words for one in archive.left_out(id_) if one.back] == [cut.words]
    archive.put_back(id_, cut.words, back=False)
    assert archive.article(id_).text == text


def test_what_cannot_be_read_again_is_not_noted_as_put_back(
    archive: Assistant, tmp_path: Path
) -> None:
    page = tmp_path / PAGE.name
    shutil.copy(PAGE, page)
    (id_,) = archive.ingest(page).added
    before, cut = archive.article(id_), archive.left_out(id_)[0]
    page.unlink()
    with pytest.raises(FootnoteError, match=PAGE.name):
        archive.put_back(id_, cut.words)
    shutil.copy(PAGE, page)
    assert archive.ingest(page).unchanged == [id_]
    assert archive.article(id_) == before
    assert not any(one.back for one in archive.left_out(id_))


def test_why_nothing_that_was_cut_can_be_shown_is_one_line(archive: Assistant, file: Path) -> None:
    note = file.with_suffix(".md")
    note.write_text("# Quay\n\nNine herons stood in the mill race on Monday, she said.\n")
    archive.ingest(file.parent)
    with pytest.raises(FootnoteError, match="taken as it is"):
        archive.left_out("quay.md")
    assert archive.left_out("quay.txt") == []
    file.unlink()
    with pytest.raises(FootnoteError, match="not there any more"):
        archive.left_out("quay.txt")


def footnote(*told: object, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa", *map(str, told)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, input=said, check=False, timeout=120
    )


def test_the_command_asks_removes_and_says_how_it_is_undone(
    archive: Assistant, file: Path, tmp_path: Path
) -> None:
    file.with_name("mill.md").write_text("---\ntitle: The mill\n---\n\nIt turned again, she said.")
    archive.ingest(file.parent)
    archive.close()
    where = ("--archive", tmp_path / "archive")

    def listed() -> list[str]:
        return [one["id"] for one in json.loads(footnote("articles", "--json", *where).stdout)]

    refused = footnote("remove", "the MILL", *where, said="n\n")
    assert refused.returncode == 2
    assert "Remove “The mill” (mill.md)?" in refused.stdout
    assert len(listed()) == 2
    done = footnote("remove", "the MILL", "--yes", *where)
    assert done.returncode == 0
    assert "footnote remove --undo mill.md" in done.stdout
    assert listed() == ["quay.txt"]
    assert (
        "mill.md"
        in footnote("remove", "nowhere", *where).stderr
        + footnote("remove", "--undo", "nowhere", *where).stderr
    )
    assert footnote("remove", "--undo", "mill.md", *where).returncode == 0
    assert sorted(listed()) == ["mill.md", "quay.txt"]
