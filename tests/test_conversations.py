"""Conversations that are kept: whose they are, how they are found, what outlives a restart."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Thread

import pytest

from qa.conversations import Conversations
from qa.errors import ConversationsUnusable


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "conversations.sqlite")


def put(kept: Conversations, owner: str, id_: str, number: int, said: str) -> None:
    kept.put(owner, id_, number, said=said, title=said, record=f"record of {said}")


def test_a_conversation_is_named_by_its_first_question_and_outlives_a_restart(
    kept: Conversations, tmp_path: Path
) -> None:
    put(kept, "ann", "1", 0, "Who met   Ada Renner?")
    put(kept, "ann", "1", 1, "And when?")
    again = Conversations(tmp_path / "conversations.sqlite")
    assert [one.title for one in again.list("ann")] == ["Who met Ada Renner?"]
    assert again.records("ann", "1") == ["record of Who met   Ada Renner?", "record of And when?"]


def test_nothing_of_another_owner_can_be_read_or_changed(kept: Conversations) -> None:
    put(kept, "ann", "1", 0, "A secret question")
    put(kept, "bob", "1", 0, "Of the same id")
    kept.rename("bob", "1", "Renamed by Bob")
    kept.amend("bob", "1", 0, "changed by Bob")
    kept.delete("bob", "1")
    assert kept.records("bob", "1") == []
    assert kept.records("eve", "1") == kept.list("eve") == kept.list("bob", "secret") == []
    assert kept.records("ann", "1") == ["record of A secret question"]
    assert [one.title for one in kept.list("ann")] == ["A secret question"]


def test_a_search_looks_into_names_and_what_was_said_the_latest_first(kept: Conversations) -> None:
    put(kept, "ann", "1", 0, "The harbour of Ardal")
    put(kept, "ann", "2", 0, "The mill of Vell")
    put(kept, "ann", "1", 1, "Who paid for the QUAY?")
    assert [one.id for one in kept.list("ann")] == ["1", "2"]
    assert [one.id for one in kept.list("ann", "quay ardal")] == ["1"]
    assert kept.list("ann", "quay vell") == []
    kept.rename("ann", "2", "Grain")
    assert [one.id for one in kept.list("ann", "grain")] == ["2"]
    kept.rename("ann", "2", "  ")
    assert [one.title for one in kept.list("ann", "vell")] == ["Grain"]
    assert kept.list("ann", "%") == []


def test_an_answer_that_ends_after_its_conversation_was_deleted_brings_nothing_back(
    kept: Conversations,
) -> None:
    put(kept, "ann", "1", 0, "Who paid?")
    began = time.time()
    kept.delete("ann", "1")
    kept.put("ann", "1", 0, said="Who paid? Vell", title="", record="told", began=began)
    assert kept.list("ann") == []
    kept.put("ann", "1", 1, said="When?", title="", record="asked", began=time.time())
    assert kept.records("ann", "1") == ["told", "asked"]


def test_what_was_deleted_comes_back_for_a_day(
    kept: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id_ in ("1", "2"):
        put(kept, "ann", id_, 0, f"Question {id_}")
    kept.delete("ann", "1")
    assert [one.id for one in kept.list("ann")] == ["2"]
    assert kept.records("ann", "1") == []
    kept.restore("ann", "1")
    assert kept.records("ann", "1") == ["record of Question 1"]
    kept.delete("ann", "1")
    later = time.time() + 25 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    kept.delete("ann", "2")
    kept.restore("ann", "1")
    kept.restore("ann", "2")
    assert [one.id for one in kept.list("ann")] == ["2"]
    assert kept.records("ann", "1") == []


def test_asking_again_takes_the_place_of_what_followed(kept: Conversations) -> None:
    for number in range(3):
        put(kept, "ann", "1", number, f"Question {number}")
    put(kept, "ann", "1", 1, "Another question")
    assert kept.records("ann", "1") == ["record of Question 0", "record of Another question"]
    kept.amend("ann", "1", 0, "amended")
    assert kept.records("ann", "1") == ["amended", "record of Another question"]


def test_many_threads_keep_at_once(kept: Conversations) -> None:
    threads = [Thread(target=put, args=(kept, "ann", str(n), 0, f"Q {n}")) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.id for one in kept.list("ann")} == {str(n) for n in range(12)}


def test_a_broken_file_is_one_line_that_names_it(tmp_path: Path) -> None:
    file = tmp_path / "conversations.sqlite"
    file.write_bytes(b"no database " * 100)
    with pytest.raises(ConversationsUnusable, match=r"conversations\.sqlite: .* move the file"):
        Conversations(file).list("ann")
