"""Word search in PostgreSQL: the words are ours, the ranks are those of SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import Server
from tests.reports import article, five, item, many, opened, put
from vectorstore.errors import ArchiveError
from vectorstore.postgres import passages
from vectorstore.postgres.words import asked, vector


def test_what_postgres_cannot_keep_is_one_line(postgres: Server) -> None:
    with opened(postgres.database()) as store:
        with pytest.raises(ArchiveError, match="the character NUL"):
            put(store, article("odd.txt", "The bridge \x00 was closed."))
        assert store.count() == (0, 0)
        assert store.lexical("x\x00y", 3) == []


def test_bm25_is_that_of_sqlite(postgres: Server, tmp_path: Path) -> None:
    odd = article(
        "odd.txt", "O'Neill of the U.S. paid 2.4 million in Zürich.", title="Zürich, zürich"
    )
    asian = article("jp.txt", "市長は新しい橋の建設を発表した。工事は来年始まる。")
    questions = (
        "ferries sailing to the island",
        "boats sold in Tull",
        "How many tickets did the council of Moor hide?",
        "Zurich O'Neill",
        "U.S. paid 2.4",
        "橋の建設",
        "Count 7",
        "counted boats" * 20,
    )
    with opened(postgres.database()) as store, opened(tmp_path) as other:
        for one in (store, other):
            put(one, *five(), odd, asian, *many(90, sentences=3))
        for question in questions:
            found, expected = (dict(one.lexical(question, 200)) for one in (store, other))
            assert found.keys() == expected.keys() != set()
            assert list(found.values()) == pytest.approx(sorted(expected.values())[::-1], rel=1e-5)
        for word in ("boats", "O'Neill", "橋", "nowhere"):
            assert store.frequency(word) == other.frequency(word)


def test_of_very_many_passages_those_with_the_rarest_words_are_ranked(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(postgres.database()) as store:
        put(store, *five(), *many(60, sentences=2))
        question = "the council of Tull, the ferry and its cracks"
        everything = store.lexical(question, 100)
        monkeypatch.setattr(passages, "_RANKED", 20)
        few = store.lexical(question, 100)
        assert 2 <= len(few) < len(everything)
        assert few == [one for one in everything if one in few]
        assert few[:2] == everything[:2]
        assert len(store.lexical("council", 100)) == 60  # however many: it is all that was asked


def test_a_search_is_not_compiled(postgres: Server) -> None:
    with opened(postgres.database()) as store:
        found = store._ledger._database.all("SHOW jit")  # type: ignore[attr-defined]
        assert found == [("off",)]


def test_a_passage_is_words_and_the_pairs_within_them() -> None:
    made, length = vector("Ships", "Ship U.S.")
    assert made == "'ship':1A,2 'u':3 's':4 'u s':5"
    assert length == 4
    assert asked("ships in the U.S.") == ["ship", "u s"]
    assert vector("", "'; DROP TABLE \\ '") == ("'drop':1 'tabl':2", 2)
    assert vector("", "") == ("", 0)


def test_passages_come_from_the_server_as_they_were_cut(postgres: Server) -> None:
    with opened(postgres.database()) as store:
        long = article(
            "long.txt", " ".join(f"Ünï {n} 🙂 sentence of the ferry." for n in range(200))
        )
        nodes = item(store, long)[1]
        put(store, long)
        assert store.passages([node.id for node in nodes]) == list(nodes)
        assert len(nodes) > 1
