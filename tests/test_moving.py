"""`footnote move`: either way between a folder and PostgreSQL, proven equal or gone on with."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from qa import Assistant
from tests.conftest import SEEDS
from tests.postgres import PASSWORD, QUOTED, Server
from tests.reports import EMBEDDING, QUESTION, article, five, many, opened, put
from vectorstore import moving
from vectorstore.embedding import Embedding
from vectorstore.errors import ArchiveError
from vectorstore.ledger import Ledger
from vectorstore.moving import move
from vectorstore.store import Store

# A title with a quote, a text with characters of four bytes, an article of no passage.
ODD = replace(article("ödd'.txt", "Ünï 🙂 said: “no”.", title="O'Neill"), byline="B", note="n")
EMPTY = article("empty.txt", "")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive of some reports."""
    folder = tmp_path_factory.mktemp("moving") / "archive"
    with opened(folder) as store:
        put(store, *five(), *many(30, sentences=20), ODD)
        store.put([(EMPTY, [], "none")])
        store.remove(["bridge.txt"])
    return folder


def seen(store: Store) -> tuple[object, ...]:
    """All that a store which was opened to read can say, scored exactly."""
    return (
        store.articles(),
        store.hashes(),
        store.outlets(),
        store.count(),
        store.dense(QUESTION, 20),
        [id_ for id_, _ in store.lexical("council boats", 20)],
        store.passages([id_ for id_, _ in store.dense(QUESTION, 200)]),
    )


def ledger_of(archive: Path) -> str:
    return hashlib.sha256((archive / "ledger.sqlite").read_bytes()).hexdigest()


def test_there_and_back_everything_is_the_same(
    archive: Path, postgres: Server, tmp_path: Path
) -> None:
    before, url = ledger_of(archive), postgres.database()
    there = move(archive, url)
    assert ledger_of(archive) == before
    back = move(url, tmp_path / "back")
    assert there.fingerprint == back.fingerprint
    assert (there.fingerprint.articles, there.fingerprint.passages) > (35, 35)
    with (
        opened(archive, read_only=True) as first,
        opened(url, read_only=True) as second,
        opened(tmp_path / "back", read_only=True) as third,
    ):
        assert seen(first) == seen(second) == seen(third)
    with opened(url) as store:
        put(store, *five())
        assert store.article("bridge.txt")


def test_from_folder_to_folder(archive: Path, tmp_path: Path) -> None:
    assert move(archive, tmp_path / "copy").fingerprint.articles == 36
    assert not list((tmp_path / "copy").glob("index-*"))


class Cut(Exception):
    pass


@pytest.mark.parametrize("stage", ["Copying", "Comparing"])
def test_a_move_that_was_cut_is_gone_on_with(
    archive: Path, place: Path | str, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_COMMIT", 20)

    def cut(at: str, done: int, _total: int) -> None:
        if at == stage and done == 30:
            raise Cut

    with pytest.raises(Cut):
        move(archive, place, cut)
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match=r"not whole yet.*footnote move") as raised:
            opened(place, read_only=read_only)
        assert QUOTED not in str(raised.value)
    assert move(archive, place).fingerprint.articles == 36
    with opened(place, read_only=True) as store, opened(archive, read_only=True) as other:
        assert seen(store) == seen(other)


def test_what_changed_since_the_cut_is_copied_anew(place: Path | str, tmp_path: Path) -> None:
    def cut(at: str, done: int, _total: int) -> None:
        if at == "Comparing":
            raise Cut

    with opened(tmp_path / "from") as store:
        put(store, *five())
    with pytest.raises(Cut):
        move(tmp_path / "from", place, cut)
    with opened(tmp_path / "from") as store:
        store.remove(["ferry.txt"])
        put(store, replace(five()[0], note="amended"), *many(1))
    assert move(tmp_path / "from", place).fingerprint.articles == 5
    with opened(place) as store:
        assert store.article("bridge.txt").note == "amended"
        assert "ferry.txt" not in store.hashes()


def test_a_change_while_it_is_copied_is_told(tmp_path: Path) -> None:
    with opened(tmp_path / "from") as store:
        put(store, *five())

        def change(at: str, done: int, _total: int) -> None:
            if at == "Comparing" and done == 1:
                put(store, *many(1))

        with pytest.raises(ArchiveError, match="was changed while it was copied: run it again"):
            move(tmp_path / "from", tmp_path / "to", change)
    assert move(tmp_path / "from", tmp_path / "to").fingerprint.articles == 6


def test_a_copy_that_is_not_equal_is_told(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_items = Ledger.replace

    def forgetful(self: Ledger, items: object, *, model: str) -> None:
        put_items(self, items[1:], model=model)  # type: ignore[index]

    monkeypatch.setattr(Ledger, "replace", forgetful)
    with pytest.raises(ArchiveError, match="is not equal to"):
        move(archive, tmp_path / "to")
    with pytest.raises(ArchiveError, match="not whole yet"):
        opened(tmp_path / "to")


def test_where_something_lies_already_nothing_is_moved(
    archive: Path, place: Path | str, tmp_path: Path
) -> None:
    with opened(place) as store:
        put(store, *five()[:1])
    with pytest.raises(ArchiveError, match="holds articles already"):
        move(archive, place)
    with opened(place) as store:
        assert store.count() == (1, 1)
    with pytest.raises(ArchiveError, match="cannot be moved to itself"):
        move(archive, str(archive))
    with pytest.raises(ArchiveError, match="There is no archive"):
        move(tmp_path / "none", tmp_path / "to")


def test_vectors_of_another_model_move_too(tmp_path: Path, postgres: Server) -> None:
    other = Embedding(EMBEDDING.name, "older", EMBEDDING._folder)
    with opened(tmp_path / "from", embedding=other) as store:
        put(store, *five())
    url = postgres.database()
    move(tmp_path / "from", url)
    with opened(url, embedding=other) as store:
        assert store.count() == (5, 5)


def test_the_command_says_what_it_did_and_no_password(archive: Path, postgres: Server) -> None:
    url = postgres.database()
    command = [sys.executable, "-m", "qa", "move"]
    done = subprocess.run([*command, archive, url], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "36 articles" in done.stdout
    listed = subprocess.run(
        [*command[:3], "articles", "--archive", url], capture_output=True, text=True, check=True
    )
    assert "Few apples" in listed.stdout
    again = subprocess.run([*command, archive, url], capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert len(again.stderr.strip().splitlines()) == 1
    for said in (done.stdout, done.stderr, again.stderr):
        assert PASSWORD not in said
        assert QUOTED not in said


def test_the_answers_are_the_same_wherever_the_archive_lies(
    seeds_archive: Path, seeds: Assistant, postgres: Server
) -> None:
    url = postgres.database()
    move(seeds_archive, url)
    with Assistant.open(url) as assistant:
        for question in ("Who met Lavrov in Moscow?", "Who won the world cup of chess?"):
            answer, expected = assistant.ask(question), seeds.ask(question)
            assert answer.text == expected.text
            assert answer.citations == expected.citations
        assert len(assistant.ingest(SEEDS).unchanged) == 5
        assert assistant.ingest(SEEDS, prune=True).removed == []
