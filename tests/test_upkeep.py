"""What is wrong with an archive is told and mended; a backup is the archive again."""

from __future__ import annotations

import json
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa import Assistant, Conversations
from qa.upkeep import examine
from tests.reports import article, five, ids, noted, opened, put, right
from tests.test_cli import footnote
from vectorstore.backup import restore
from vectorstore.errors import ArchiveDamaged, ArchiveError
from vectorstore.store import Store


def told(store: Store, *, repair: bool = False) -> list[tuple[str, bool]]:
    return [(trouble.what, trouble.mended) for trouble in examine(store, repair=repair)]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A closed archive of five reports, one of them put in through the chat."""
    folder = tmp_path / "archive"
    (folder / "uploads").mkdir(parents=True)
    (folder / "uploads" / "late.txt").write_text("A late report.")
    with opened(folder) as store:
        put(store, *five())
        late = article("late.txt", "A late report of the flood in Kessel.", title="Late")
        put(store, replace(late, path=str(folder / "uploads" / "late.txt")))
    return folder


def sql(archive: Path, *statements: str) -> None:
    with sqlite3.connect(archive / "ledger.sqlite") as connection:
        for statement in statements:
            connection.execute(statement)


def node_with(archive: Path, **changes: Any) -> None:
    with sqlite3.connect(archive / "ledger.sqlite") as connection:
        (node,) = connection.execute("SELECT node FROM passages WHERE row = 2").fetchone()
        fields = json.loads(node)
        about = fields["metadata"] | changes.pop("metadata", {})
        changed = json.dumps(fields | changes | {"metadata": about})
        connection.execute("UPDATE passages SET node = ? WHERE row = 2", [changed])


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "passages": (
        lambda a: sql(
            a,
            "DELETE FROM vectors WHERE row = 2",
            "DELETE FROM words WHERE rowid = 2",
            "DELETE FROM passages WHERE row = 2",
        ),
        "harvest.txt: no passages",
    ),
    "vector": (
        lambda a: sql(a, "DELETE FROM vectors WHERE row = 2"),
        "harvest.txt: passages without a vector",
    ),
    "short vector": (
        lambda a: sql(a, "UPDATE vectors SET vector = x'0102' WHERE row = 2"),
        "harvest.txt: passages without a vector",
    ),
    "words": (
        lambda a: sql(a, "DELETE FROM words WHERE rowid = 2"),
        "harvest.txt: passages that the full-text index does not hold",
    ),
    "offsets": (
        lambda a: node_with(a, end_char_idx=9999),
        "harvest.txt: passages or sentences that stand elsewhere than their offsets say",
    ),
    "shifted": (
        lambda a: node_with(a, start_char_idx=4, metadata={"sentences": [[4, 20]]}),
        "harvest.txt: passages that are not what was embedded",
    ),
    "text": (
        lambda a: sql(a, "UPDATE articles SET text = 'Other' || text WHERE id = 'harvest.txt'"),
        "harvest.txt: passages that are not what was embedded",
    ),
    "orphan": (
        lambda a: sql(a, "DELETE FROM articles WHERE id = 'harvest.txt'"),
        "Parts of the ledger that belong to no article: 1",
    ),
    "index behind": (
        lambda a: sql(a, "INSERT INTO departed VALUES (3)", "DELETE FROM departed"),
        "",
    ),
    "index gone": (
        lambda a: sql(a, "UPDATE meta SET value = '' WHERE key = 'index_whole'"),
        "The vector index is not in step: it was not left whole",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_told_and_mended(archive: Path, fault: str) -> None:
    damage, says = FAULTS[fault]
    damage(archive)
    with opened(archive, read_only=True) as store:
        found = told(store)
    assert found[:1] == ([(says, False)] if says else [])
    with opened(archive) as store:
        assert told(store, repair=True) == [(what, True) for what, _ in found]
        assert told(store) == []
        right(store, archive)
        if says.startswith("harvest"):
            assert ids(store.lexical("apple growers", 1)) == ["harvest.txt"]
            assert store.hashes()["harvest.txt"] == "1"


def test_a_damaged_file_is_told_and_an_index_of_it_is_rebuilt(archive: Path) -> None:
    with sqlite3.connect(archive / "ledger.sqlite") as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE INDEX articles_chosen ON articles"
            " (outlet, published)' WHERE name = 'articles_chosen'"
        )
    with opened(archive) as store:
        (what, mended), *_ = told(store, repair=True)
        assert what.startswith("The ledger is damaged: ")
        assert mended
        assert told(store) == []


def test_a_lost_upload_is_told_and_what_to_do(archive: Path) -> None:
    (archive / "uploads" / "late.txt").unlink()
    done = footnote("check", "--repair", "--archive", archive)
    assert done.returncode == 1
    assert "late.txt: the file that was put in through the chat is gone (put it back" in done.stdout
    with Assistant.open(archive, read_only=True) as assistant:
        assert assistant.article("late.txt").text


def test_a_backup_is_the_archive_again(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "monday.tar.gz"
    with opened(archive) as store, Assistant.open(archive, read_only=True) as assistant:
        before, found = store.articles(), store.dense("When does the ship leave?", 3)
        assistant.backup(file)
        with pytest.raises(ArchiveError, match="exists already"):
            assistant.backup(file)
        put(store, article("after.txt", "Nobody backed this up."))
    again = tmp_path / "elsewhere" / "again"
    restore(file, again)
    with opened(again) as store:
        assert [one.id for one in store.articles()] == [one.id for one in before]
        assert ids(store.dense("When does the ship leave?", 3)) == ids(found)
        right(store, again)
        assert told(store) == []
        assert store.article("late.txt").path == str(again / "uploads" / "late.txt")
    assert (again / "uploads" / "late.txt").read_text() == "A late report."
    assert noted(again, "archive") != noted(archive, "archive")
    with pytest.raises(ArchiveError, match="is not empty"):
        restore(file, again)
    assert sorted(path.name for path in again.parent.iterdir()) == ["again"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "archive",
        "elsewhere",
        "monday.tar.gz",
    ]


def test_a_backup_holds_what_the_chat_keeps(archive: Path, tmp_path: Path) -> None:
    kept = Conversations(archive / "conversations.sqlite")  # and stays open
    kept.put("user anna", "a1", 0, said="Who?", title="Who?", record="{}")
    (archive / "feedback.jsonl").write_text('{"question": "Who?"}\n')
    with Assistant.open(archive, read_only=True) as assistant:
        assistant.backup(tmp_path / "chat.tar.gz")
    restore(tmp_path / "chat.tar.gz", tmp_path / "again")
    again = Conversations(tmp_path / "again" / "conversations.sqlite")
    assert again.records("user anna", "a1") == ["{}"]
    assert (tmp_path / "again" / "feedback.jsonl").read_text() == '{"question": "Who?"}\n'


def test_a_backup_holds_one_state_while_others_write(archive: Path, tmp_path: Path) -> None:
    done = threading.Event()
    with opened(archive) as store, Assistant.open(archive, read_only=True) as assistant:
        text = store.articles()[0].text

        def write() -> None:
            version = 0
            while not done.is_set():
                version += 1
                put(store, *(article(f"both-{n}.txt", text, title=str(version)) for n in "ab"))

        writer = threading.Thread(target=write)
        writer.start()
        for number in range(4):
            assistant.backup(tmp_path / f"{number}.tar.gz")
        done.set()
        writer.join()
    for number in range(4):
        restore(tmp_path / f"{number}.tar.gz", tmp_path / str(number))
        with opened(tmp_path / str(number), read_only=True) as store:
            titles = {one.title for one in store.articles() if one.id.startswith("both")}
            assert len(titles) <= 1
            assert [what for what, _ in told(store) if "index" not in what] == []


@pytest.mark.parametrize("kept", [0, 100, -200])
def test_what_is_no_whole_backup_makes_no_archive(archive: Path, tmp_path: Path, kept: int) -> None:
    file = tmp_path / "cut.tar.gz"
    with Assistant.open(archive, read_only=True) as assistant:
        assistant.backup(file)
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(ArchiveDamaged, match="is no whole backup of an archive"):
        restore(file, tmp_path / "new")
    with pytest.raises(ArchiveError, match="is not there"):
        restore(tmp_path / "none.tar.gz", tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "cut.tar.gz"]


def test_a_backup_puts_nothing_beside_its_folder(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "evil.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        (tmp_path / "footnote.json").write_text('{"backup of": "/x"}')
        tar.add(tmp_path / "footnote.json", "footnote.json")
        tar.add(archive / "ledger.sqlite", "ledger.sqlite")
        tar.add(tmp_path / "footnote.json", "uploads/../../escaped.txt")
    with pytest.raises(ArchiveDamaged, match="is no whole backup"):
        restore(file, tmp_path / "new")
    assert not (tmp_path / "escaped.txt").exists()
    assert not (tmp_path / "new").exists()


def test_the_commands_say_what_they_did(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.tar.gz"
    steps: list[tuple[tuple[object, ...], int, str]] = [
        (("check",), 0, "Nothing is wrong with the archive and its 6 articles.\n"),
        (("backup", file), 0, f"The archive is in {file}"),
        (("backup", file), 2, ""),
    ]
    for words, code, says in steps:
        done = footnote(*words, "--archive", archive)
        assert (done.returncode, done.stdout[: len(says)]) == (code, says), done.stderr
    assert "exists already" in done.stderr
    done = footnote("restore", file, "--archive", tmp_path / "b")
    assert f"The archive is in {tmp_path / 'b'}" in done.stdout
    sql(tmp_path / "b", "DELETE FROM words WHERE rowid = 2")
    done = footnote("check", "--archive", tmp_path / "b")
    assert done.returncode == 1
    assert "does not hold (footnote check --repair mends it)." in done.stdout
    assert footnote("check", "--repair", "--archive", tmp_path / "b").returncode == 0
