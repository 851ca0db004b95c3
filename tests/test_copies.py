"""Reprints, parts and versions of one text are one source; who reports by themselves is another."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from qa import Assistant
from qa.provenance.examining import examine
from qa.provenance.shingles import repeats
from tests.bench.copies import BY_HAND, DATA, figures, pairs
from tests.reports import article, opened, put
from vectorstore.store import Store

WIRE = (
    "The harbour of Lenmark was closed on Tuesday after a tanker lost eleven tonnes of palm oil. "
    "Divers searched the hull for cracks, the port captain said. Two ferries went to Sund, and "
    "fishermen were told to stay ashore until the oil is skimmed off, which may take nine days."
)
OWN = (
    "Lenmark's fishermen are angry: since a ship spilled palm oil nobody may sail, and nobody has "
    "told them who pays for it. At the quay, women sell coffee to clean-up crews instead of cod."
)


@pytest.mark.figures
@pytest.mark.parametrize("half", ["dev", "final"])
def test_copies_are_told_from_what_is_only_alike(half: str) -> None:
    precision, recall, counts = figures(half)  # type: ignore[arg-type]
    assert sum(counts.values()) > 200
    assert precision >= 0.97, counts
    assert recall >= 0.93, counts


def test_the_set_holds_both_halves_of_every_kind() -> None:
    kinds = {
        half: {pair.kind for pair in pairs() if pair.half == half} for half in ("dev", "final")
    }
    assert kinds["dev"] == kinds["final"]
    assert len(pairs()) >= 300


@pytest.fixture
def archive(store: Store) -> Store:
    """An agency's text, its reprint, an update of the reprint, and another report."""
    day = date(2025, 3, 4)
    put(
        store,
        article("post.md", f"LENMARK — {WIRE}", outlet="Sund Post", published=day.replace(day=5)),
        article("wire.md", WIRE, outlet="Northwire", published=day),
        article("own.md", OWN, outlet="Lenmark Gazette", published=day),
    )
    return store


def test_groups_are_kept_as_articles_come_and_go(archive: Store) -> None:
    examine(archive)
    assert archive.examined.copies("wire.md") == ["post.md"]
    assert archive.examined.copies("own.md") == []
    late = article("late.md", f"{WIRE} By evening, three tonnes were skimmed off.", outlet="Mail")
    put(archive, late)
    examine(archive)
    assert archive.examined.copies("wire.md") == ["late.md", "post.md"]
    archive.remove(["post.md"])
    assert archive.examined.copies("late.md") == ["wire.md"]
    put(archive, article("late.md", OWN[::-1], outlet="Mail"))  # another text by the same id
    examine(archive)
    assert archive.examined.copies("wire.md") == []
    assert archive.examined.missing() == []


def test_an_archive_of_before_is_read_as_it_is_and_brought_up_to_date(tmp_path: Path) -> None:
    with opened(tmp_path / "old") as store:
        put(store, article("a.md", WIRE, outlet="A"), article("b.md", WIRE + " ", outlet="B"))
    with sqlite3.connect(tmp_path / "old" / "ledger.sqlite") as ledger:
        ledger.executescript("DROP TABLE copies; DROP TABLE examined;")
    with opened(tmp_path / "old", read_only=True) as store:
        assert store.examined.copies("a.md") == []
        assert [one.warnings for one in store.articles()] == [(), ()]
    with opened(tmp_path / "old") as store:
        examine(store)
        assert store.examined.copies("a.md") == ["b.md"]


def test_a_sentence_is_repeated_where_its_words_stand_be_they_edited() -> None:
    sentence = "Two ferries went to Sund, and fishermen were told to stay ashore for nine days."
    assert repeats(f"It rained. {sentence.replace('told', 'asked')} It stopped.", sentence)
    assert not repeats(OWN, sentence)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """What was reported of the quake and the strike, with the copies."""
    folder = tmp_path_factory.mktemp("copies")
    stems = {stem for one, other, _ in BY_HAND for stem in (one, other)}
    files = [DATA / "news" / f"{stem}.md" for stem in sorted(stems)]
    with Assistant.open(folder) as assistant:
        assistant.ingest(*(file for file in files if file.exists()))
    return Assistant.open(folder, read_only=True)


def test_an_answer_counts_sources_and_folds_their_copies(news: Assistant) -> None:
    answer = news.ask("How many people died when the coach slid off the road over the Dray Pass?")
    assert answer.answered, answer
    assert answer.articles > answer.sources >= 1
    first = answer.citations[0]
    assert first.article_id == "accident-coach-dray-pass.md"  # the agency's own text
    assert first.copies == ("accident-copy-tidende.md",)
    assert "independent source" in answer.sourced


def test_copies_outside_the_selection_are_not_counted(news: Assistant) -> None:
    question = "How many people died when the coach slid off the road over the Dray Pass?"
    answer = news.ask(question, outlet="Northwire")
    assert answer.citations[0].copies == ()
    assert (answer.articles, answer.sources) == (1, 1)


def test_a_text_and_its_reprint_do_not_disagree(news: Assistant) -> None:
    answer = news.ask("How strong was the quake off Ostrava Bay?")
    outlets = [{c.outlet for c in v.citations} for one in answer.conflicts for v in one.values]
    assert {"Hexby Gazette"} not in outlets or {"Northwire"} not in outlets
