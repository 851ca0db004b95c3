"""The archive in PostgreSQL: several writers, layouts, and every failure in one line."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.postgres import PASSWORD, QUOTED, Server, running
from tests.reports import (
    EMBEDDING,
    FERRY,
    QUESTION,
    article,
    five,
    ids,
    many,
    opened,
    put,
)
from vectorstore.embedding import Embedding
from vectorstore.errors import ArchiveBusy, ArchiveError, ModelMismatch
from vectorstore.postgres import database, schema

WRITER = """
import sys
from tests.reports import article, opened, put
url, name = sys.argv[1:]
with opened(url) as store:
    for round in range(6):
        put(store, article("shared.txt", f"{name} saw {round} lamps."),
            *(article(f"{name}-{round}-{n}.txt", f"{name} {round} {n} boats.") for n in range(3)))
        store.remove([f"{name}-{round}-0.txt"])
"""


FOR_EVER = """
import sys
from itertools import count
from tests.reports import article, opened, put
with opened(sys.argv[1]) as store:
    for n in count():
        put(store, *(article(f"{n % 7}-{k}.txt", f"Boat {n} of {k} sank.") for k in range(4)))
        print(n, flush=True)
"""


def statistics(server: Server, url: str) -> tuple[object, object]:
    """What BM25 is told of the passages, and what is true of them."""
    name = url.rpartition("/")[2]
    told = (
        server.execute("SELECT * FROM lexemes WHERE passages > 0 ORDER BY lexeme", name),
        server.execute("SELECT * FROM totals", name),
    )
    true = (
        server.execute(
            "SELECT lexeme, count(*) FROM passages, unnest(words) GROUP BY lexeme ORDER BY lexeme",
            name,
        ),
        server.execute(
            "SELECT (SELECT count(*) FROM articles), count(*), coalesce(sum(length), 0)::bigint"
            " FROM passages",
            name,
        ),
    )
    return told, true


def test_programs_write_beside_each_other(postgres: Server) -> None:
    url = postgres.database()
    opened(url).close()
    command = [sys.executable, "-c", WRITER, url]
    programs = [subprocess.Popen([*command, name]) for name in ("ann", "bob")]
    assert [program.wait(timeout=300) for program in programs] == [0, 0]
    with opened(url) as store:
        assert store.count() == (25, 25)  # two of three in each round of each, and the shared one
        assert len(store.dense(QUESTION, 30)) == 25
        assert store.article("shared.txt").text.endswith("saw 5 lamps.")
    told, true = statistics(postgres, url)
    assert told == true


def test_a_writer_that_is_killed_holds_nobody_up_and_loses_nothing(postgres: Server) -> None:
    url = postgres.database()
    command = [sys.executable, "-c", FOR_EVER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        taken = [int(next(program.stdout)) for _ in range(9)]
        program.kill()
        taken += [int(line) for line in program.stdout if line.strip()]
    with opened(url) as store:
        put(store, article("after.txt", FERRY))
        assert store.count() == (29, 29)
        last = store.article(f"{taken[-1] % 7}-3.txt").text
        assert last == f"Boat {taken[-1]} of 3 sank."
        assert ids(store.dense(QUESTION, 1)) == ["after.txt"]
    told, true = statistics(postgres, url)
    assert told == true


def test_rows_become_visible_in_the_order_of_their_numbers(postgres: Server) -> None:
    url = postgres.database()
    with opened(url) as store, opened(url) as other:
        seen: list[int] = []
        done = threading.Event()

        def watch() -> None:
            last = 0
            while not done.is_set():
                rows, _ = store._passages.vectors_above(last)
                seen.extend(rows.tolist())
                last = max([last, *rows.tolist()])

        with ThreadPoolExecutor(3) as pool:
            watching = pool.submit(watch)
            writing = [
                pool.submit(put, one, *(article(f"{n}.txt", f"Boat {n} sank.") for n in numbers))
                for one in (store, other)
                for numbers in [range(0, 40) if one is store else range(40, 80)]
            ]
            for one in writing:
                one.result()
            done.set()
            watching.result()
        rows, _ = store._passages.vectors_above(max([0, *seen]))
        assert sorted([*seen, *rows.tolist()]) == store._passages.rows().tolist()


def test_another_program_at_work_for_too_long_is_one_line(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 1)
    url = postgres.database()
    with opened(url) as store, opened(url) as other:
        held = store._ledger._database  # type: ignore[attr-defined]
        with held.writing(), pytest.raises(ArchiveBusy, match="another program"):
            put(other, *five())
        put(other, *five())


def test_vectors_of_another_model_are_refused_while_it_embeds_anew(postgres: Server) -> None:
    url = postgres.database()
    other = Embedding(EMBEDDING.name, "older", EMBEDDING._folder)
    with opened(url) as store:
        put(store, *five())
        with opened(url, embedding=other, reset_embedding=True) as anew:
            assert anew.count() == (5, 5)
            with pytest.raises(ModelMismatch, match="older"):
                put(store, *many(1))
            put(anew, *many(1))
            assert anew.count()[0] == 6


def test_tables_of_an_earlier_layout_are_brought_up(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.database()
    with opened(url) as store:
        put(store, *five())
    later = (*schema.MIGRATIONS, "ALTER TABLE articles ADD COLUMN desk text NOT NULL DEFAULT ''")
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    monkeypatch.setattr(schema, "VERSION", len(later))
    known = f"layout {len(later) - 1} .* open it once for writing"
    with pytest.raises(ArchiveError, match=known):
        opened(url, read_only=True)
    with opened(url) as store:
        assert store.count() == (5, 5)
    name = url.rpartition("/")[2]
    assert postgres.execute("SELECT DISTINCT desk FROM articles", name) == [("",)]
    with opened(url, read_only=True) as reader:
        assert ids(reader.dense(QUESTION, 1)) == ["ferry.txt"]
    monkeypatch.undo()
    with pytest.raises(ArchiveError, match=f"layout {len(later)} .* install the newest Footnote"):
        opened(url)


def test_two_programs_that_make_an_archive_at_once_make_one(postgres: Server) -> None:
    url = postgres.database()
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(opened, [url] * 4))
    put(stores[0], *five())
    assert [store.count() for store in stores] == [(5, 5)] * 4
    for store in stores:
        store.close()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "wrong-pass"}, "password is wrong"),
        ({"database": "no_such"}, "no such database"),
        ({"user": "nobody"}, "password is wrong|may not connect"),
    ],
)
def test_who_may_not_in_is_told_in_one_line(
    postgres: Server, wrong: dict[str, str], said: str, read_only: bool
) -> None:
    with pytest.raises(ArchiveError, match=said) as raised:
        opened(postgres.url(**wrong), read_only=read_only)
    clean(str(raised.value))


def clean(said: str) -> None:
    """One line, without the password in either spelling, that says what to do."""
    assert "\n" not in said
    assert PASSWORD not in said
    assert QUOTED not in said
    assert "wrong-pass" not in said
    assert ": " in said
    assert "127.0.0.1" in said


def test_rights_that_are_missing_are_one_line(postgres: Server) -> None:
    url = postgres.database()
    name = url.rpartition("/")[2]
    with opened(url) as store:
        put(store, *five())
    postgres.execute(f"CREATE USER reader_{name} PASSWORD 'x'")
    reading = postgres.url(name, f"reader_{name}", "x")
    with pytest.raises(ArchiveError, match="no right") as raised:
        opened(reading, read_only=True)
    clean(str(raised.value))
    postgres.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_{name}", name)
    with opened(reading, read_only=True) as reader:  # to read, no more is needed
        assert ids(reader.dense(QUESTION, 1)) == ids(reader.lexical("ferry", 1)) == ["ferry.txt"]
    with pytest.raises(ArchiveError, match="no right"), opened(reading) as writer:
        put(writer, *many(1))
    empty = postgres.database().rpartition("/")[2]
    with pytest.raises(ArchiveError, match="no right"):
        opened(postgres.url(empty, f"reader_{name}", "x"))


def test_a_server_that_is_down_is_one_line_and_one_that_returns_is_used() -> None:
    from tests.postgres import programs

    if programs() is None:
        pytest.skip("there is no PostgreSQL here (apt install postgresql)")
    with running() as server:
        url = server.database()
        with opened(url) as store:
            put(store, *five())
            server.stop()
            with pytest.raises(ArchiveError, match=r"no server answers|connection broke") as raised:
                store.articles()
            clean(str(raised.value))
            with pytest.raises(ArchiveError, match="no server answers") as raised:
                opened(url)
            clean(str(raised.value))
            server.start()
            assert store.count() == (5, 5)
            put(store, *many(1))
            assert store.count() == (6, 6)


def test_tables_of_somebody_else_are_left_alone(postgres: Server) -> None:
    url = postgres.database()
    name = url.rpartition("/")[2]
    postgres.execute("CREATE TABLE meta (key text, value text)", name)
    with pytest.raises(ArchiveError, match="none of Footnote's"):
        opened(url)
    postgres.execute("DROP TABLE meta; CREATE TABLE meta (other int)", name)
    with pytest.raises(ArchiveError, match="none of Footnote's"):
        opened(url)


def test_a_schema_holds_an_archive_of_its_own(postgres: Server) -> None:
    url = postgres.database()
    postgres.execute("CREATE SCHEMA team", url.rpartition("/")[2])
    with opened(url) as public, opened(f"{url}?options=-csearch_path%3Dteam") as team:
        put(public, *five())
        put(team, five()[0])
        assert (public.count()[0], team.count()[0]) == (5, 1)


def test_a_reader_of_a_changed_archive_sees_the_change(postgres: Server) -> None:
    url = postgres.database()
    with opened(url) as one, opened(url) as other, opened(url, read_only=True) as reader:
        put(one, *five())
        put(other, article("late.txt", FERRY))
        for store in (one, other, reader):
            assert len(store.dense(QUESTION, 9)) == 6
        one.remove(["late.txt", "ferry.txt"])
        for store in (one, other, reader):
            assert "ferry.txt" not in ids(store.dense(QUESTION, 9))
