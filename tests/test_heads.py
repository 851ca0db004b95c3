"""Lists of articles, and what is looked for in them: no text is read that is not shown."""

from __future__ import annotations

import locale
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qa import Assistant, Config
from qa.answering import wording
from qa.answering.understanding.archive import outlets_named
from qa.articles.kinds import READ, most_bytes
from qa.chat import shelf
from qa.chat.conversation import welcome
from qa.chat.desk import Desk
from qa.chat.drawer import Drawer
from qa.chat.library import Library
from qa.chat.scope import Scope
from qa.chat.turn import Talk
from qa.chat.uploads import Uploads
from qa.conversations import Conversations
from tests.reports import article, day, five, many, opened, put
from tests.serving.test_desk import EDITOR
from vectorstore.days import month_of, weekday_of, written
from vectorstore.examined import Finding
from vectorstore.records import Filter, Found, Overview
from vectorstore.store import Store


def found(store: Store, wanted: str, limit: int = 50) -> tuple[list[str], int]:
    """The articles in order, and how many are found by their head."""
    result = store.find(wanted, limit)
    return [head.id for head in result.heads], result.named


def test_an_article_is_found_by_title_outlet_day_and_text(reports: Store) -> None:
    assert found(reports, "") == (
        ["ferry.txt", "bridge.txt", "strike.txt", "harvest.txt", "museum.txt"],
        5,
    )
    assert found(reports, "FERRY") == (["ferry.txt"], 1)
    assert found(reports, "courier trams") == (["strike.txt"], 1)
    assert found(reports, "may 2031 her") == (["harvest.txt"], 1)
    assert found(reports, "varnhof") == (["bridge.txt", "strike.txt"], 0)
    assert found(reports, "trams varn") == (["strike.txt"], 0)
    assert found(reports, "clock") == (["museum.txt"], 1)  # by its title, and by its text too
    assert found(reports, "ferry varnhof") == ([], 0)
    assert found(reports, "of") == ([], 0)  # as a part of a word in every text
    assert found(reports, "engineer crack pillar") == (["bridge.txt"], 0)


@pytest.mark.parametrize("odd", ['"', "%", "_", "'", "*", "ferry OR bridge", "text:", "?!", "東京"])
def test_whatever_is_looked_for_is_looked_for_as_it_stands(reports: Store, odd: str) -> None:
    assert found(reports, odd) == ([], 0)


def test_what_is_looked_for_is_looked_for_among_the_chosen(reports: Store) -> None:
    def among(wanted: str, where: Filter) -> list[str]:
        return [head.id for head in reports.find(wanted, 50, where).heads]

    assert among("", Filter(undated=True)) == ["museum.txt"]
    assert among("varnhof", Filter(outlet=("COURIER", "nobody"))) == ["bridge.txt", "strike.txt"]
    assert among("varnhof", Filter(since=day(4))) == []
    assert among("clock", Filter(article_ids=("museum.txt", "gone.txt"))) == ["museum.txt"]
    assert reports.find("", 50, Filter(outlet="Herald")).total == 2


def test_an_archive_is_looked_over(store: Store) -> None:
    put(store, *five(), article("twin.txt", "Some words.", outlet="Herald", published=day(2)))
    pair = [
        Finding(one, bytes(8), warnings, copies)
        for one, warnings, copies in (
            ("twin.txt", ("Odd.",), ("harvest.txt",)),
            ("harvest.txt", (), ("ferry.txt",)),
            ("bridge.txt", (), ("strike.txt",)),
        )
    ]
    store.examined.put(pair)
    survey = store.survey()
    assert survey.spread == (("Courier", "2031-05", 3), ("Herald", "", 1), ("Herald", "2031-05", 2))
    assert survey.groups == (
        ("ferry.txt", "harvest.txt", "twin.txt"), ("bridge.txt", "strike.txt"),
    )  # fmt: skip
    assert (survey.undated, survey.doubted) == (1, ("twin.txt",))


def test_what_is_removed_is_noted_whole(store: Store) -> None:
    put(store, *five())
    before = store.article("museum.txt")
    store.set_aside("museum.txt")
    (gone,) = store.removed()
    assert gone.article == before
    assert [node.id for node in store.passages_of("museum.txt")] == []
    put(store, before)
    assert store.removed() == []
    text = "".join(node.text for node in store.passages_of("museum.txt"))
    assert text.split()[0] == before.text.split()[0]


def test_named_articles_come_first_and_the_rest_is_counted(store: Store) -> None:
    put(
        store,
        article("old.txt", "Nothing much.", title="The ferry", published=day(1)),
        *(article(f"{n}.txt", f"Ferry number {n} sails.", published=day(9)) for n in range(6)),
    )
    result = store.find("ferry", 3)
    assert [head.id for head in result.heads] == ["old.txt", "0.txt", "1.txt"]
    assert (result.total, result.named) == (7, 1)
    shown = shelf.listing(result, 8, narrowed=True)
    assert "7 of 8 articles, 6 by the text alone, the first 3 shown" in shown
    assert shown.count("in the text</small>") == 2
    assert "Nothing here yet" in shelf.listing(Found(total=0, named=0, heads=()), 0)


def test_a_script_without_spaces_is_found(store: Store) -> None:
    put(store, article("tokyo.txt", "昨日、東京で地震がありました。", title="地震"))
    assert found(store, "東京")[0] == found(store, "京")[0] == ["tokyo.txt"]
    assert found(store, "大阪")[0] == []


def test_letters_beyond_ascii_are_found_in_any_case(store: Store) -> None:
    put(store, article("ueber.txt", "The ferry came.", title="ÜBER den Fjord"))
    assert found(store, "über fjord") == found(store, "ÜBER") == (["ueber.txt"], 1)


def test_an_overview_counts_and_dates(store: Store) -> None:
    assert store.overview() == Overview(articles=0, outlets=0, since=None, until=None)
    assert "The archive is empty" in welcome(store.overview(), [])
    put(store, *five(), article("nameless.txt", "A text that nobody signed."))
    held = store.overview()
    assert held == Overview(articles=6, outlets=2, since=day(1), until=day(9))
    assert "6 articles · 2 outlets · May 2031" in welcome(held, [])


def test_the_newest_come_whole_and_no_more_than_asked_for(reports: Store) -> None:
    assert [one.id for one in reports.articles(limit=2)] == ["ferry.txt", "bridge.txt"]
    assert reports.articles(limit=2) == reports.articles()[:2]
    assert [one.id for one in reports.articles(Filter(outlet="herald"), limit=1)] == ["harvest.txt"]
    assert [one.id for one in reports.heads(Filter(outlet="herald"))] == [
        "harvest.txt",
        "museum.txt",
    ]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with opened(tmp_path_factory.mktemp("crowd")) as store:
        put(store, *many(90, sentences=1))
        yield Assistant(store, Config(reader="none"))


def test_neither_a_page_nor_a_keystroke_nor_a_summary_reads_every_text(
    crowd: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    ledger, whole = crowd._store._ledger, crowd._store._ledger.articles
    monkeypatch.setattr(
        ledger, "articles", lambda where=None: (texts := whole(where), read.append(len(texts)))[0]
    )
    drawer = Drawer(Conversations(tmp_path / "conversations.sqlite"))
    uploads = Uploads(tmp_path / "uploads", kinds=READ, largest=most_bytes)
    library = Library(crowd, uploads, drawer)
    Desk(crowd, library, drawer).arrive(Talk(), Scope(), "", "", EDITOR)
    library.find("count 7")
    crowd.ask("How many articles do you have?")
    crowd.ask("Which outlets do you have?")
    assert crowd.ask("Summarise the articles").answered
    assert crowd.ask("Who published the article?").text
    assert max(read) <= 40
    assert sum(read) <= 80  # of 90: no step reads every text, nor do all together


def test_the_newest_are_summarised(crowd: Assistant) -> None:
    newest = [one.id for one in crowd.articles()[:4]]
    cited = {c.article_id for c in crowd.ask("Summarise the articles").citations}
    assert cited == set(newest)


def test_outlets_are_told_from_thousands_without_a_pattern_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outlets = [f"The {name} Courier {n}" for n in range(2000) for name in ("Odmark", "Tull")]
    made: list[str] = []
    compiled = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: made.append(given[0]) or compiled(*given))
    question = "What did the Odmark Courier 7 and AFP say of The Tull Courier 1999's report?"
    named, rest = outlets_named(question, [*outlets, "AFP via The Citizen", "Said"])
    assert named == ["The Odmark Courier 7", "The Tull Courier 1999", "AFP via The Citizen"]
    assert rest == "What did and say of report?"
    assert len(made) < 10


def test_days_are_english_wherever_the_host_stands() -> None:
    when = date(2024, 3, 4)
    before = locale.setlocale(locale.LC_TIME)
    others = ("de_DE.UTF-8", "fr_FR.UTF-8", "C")
    try:
        for name in others:
            try:
                locale.setlocale(locale.LC_TIME, name)
            except locale.Error:
                continue
            assert wording.day(when) == written(when) == "4 March 2024"
            assert (month_of(when), weekday_of(when)) == ("March 2024", "Monday")
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_nothing_writes_a_month_by_the_hosts_locale() -> None:
    root = Path(__file__).parents[1]
    for file in (*(root / "qa").rglob("*.py"), *(root / "vectorstore").rglob("*.py")):
        assert not re.search(r"%[AaBbcxX]\b", file.read_text("utf-8")), file
