"""Small invented reports for the tests of the store, and looks into what it made of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.articles.passages import passages
from vectorstore.embedding import Embedding
from vectorstore.records import Article
from vectorstore.store import Store

if TYPE_CHECKING:
    from vectorstore.passage import Passage
    from vectorstore.store import Item

EMBEDDING = Embedding.open()  # loaded once for all of the tests

BRIDGE = "The old bridge of Varnhof was closed after engineers found cracks in two of its pillars."
HARVEST = "Apple growers in the Lysse valley expect the smallest harvest for twenty years."
FERRY = "A night ferry between Odmark and the island of Tull will sail from the first of June."
MUSEUM = "The museum of clocks in Perrin bought a water clock from a collector for 40,000 crowns."
STRIKE = "Tram drivers in Varnhof went on strike over night shifts, and talks failed on Monday."
QUESTION = "When does the ship to the island leave?"  # the ferry's report says it


def article(
    id_: str, text: str, *, title: str = "", outlet: str = "", published: date | None = None
) -> Article:
    return Article(
        id=id_,
        title=title,
        outlet=outlet,
        published=published,
        url="",
        text=text,
        path=f"reports/{id_}",
    )


def opened(path: Path | str, **settings: Any) -> Store:
    """The store at `path`, with the model that the tests share."""
    return Store.open(path, **{"embedding": EMBEDDING, **settings})


def item(store: Store, report: Article, digest: str = "1") -> Item:
    """A report as `Store.put` takes it."""
    return report, passages(report, store.embedding.piece_counts), digest


def put(store: Store, *reports: Article) -> None:
    store.put([item(store, report) for report in reports])


def five() -> list[Article]:
    """Two outlets, four days, one report without a date."""
    return [
        article("bridge.txt", BRIDGE, title="Bridge shut", outlet="Courier", published=day(3)),
        article("harvest.txt", HARVEST, title="Few apples", outlet="Herald", published=day(1)),
        article("ferry.txt", FERRY, title="Ferry to Tull", outlet="Courier", published=day(9)),
        article("museum.txt", MUSEUM, title="Water clock", outlet="Herald"),
        article("strike.txt", STRIKE, title="Trams stand", outlet="Courier", published=day(3)),
    ]


def many(count: int, sentences: int = 8) -> list[Article]:
    """Reports that differ in what they count, where, and when."""
    things = ("lamps", "boats", "sheep", "bicycles", "trees", "tickets", "books", "windows")
    verbs = ("counted", "sold", "lost", "painted", "repaired", "borrowed", "hid", "measured")
    towns = ("Varnhof", "Lysse", "Odmark", "Tull", "Perrin", "Kessel", "Brand", "Moor")
    return [
        article(
            f"{number}.txt",
            " ".join(
                f"In {towns[(number + k) % 8]} the council {verbs[number // 8 % 8]}"
                f" {number * 10 + k} {things[(number // 64 + k) % 8]} on day {k + 1}."
                for k in range(sentences)
            ),
            title=f"Count {number}",
            outlet=("Courier", "Herald")[number % 2],
            published=day(number % 28 + 1),
        )
        for number in range(count)
    ]


def day(number: int) -> date:
    return date(2031, 5, number)


def ids(found: Sequence[tuple[str, float]]) -> list[str]:
    """The articles of what a search found, in order."""
    return [passage_id.partition("#")[0] for passage_id, _ in found]


def texts(nodes: Sequence[Passage]) -> list[str]:
    return [node.text for node in nodes]


def right(store: Store, archive: Path | str) -> None:
    """What the writer finds by its index is what a reader finds by scoring every passage."""
    with opened(archive, embedding=store.embedding, read_only=True) as reader:
        for question in (QUESTION, "How many boats were sold in Tull?"):
            found, exact = store.dense(question, 10), reader.dense(question, 10)
            assert len(found) == len(exact) == min(10, store.count()[1])
            scores = [[score for _, score in one] for one in (found, exact)]
            assert np.allclose(*scores, atol=1e-4)


def noted(archive: Path, key: str) -> str:
    """What the ledger notes of the index."""
    with sqlite3.connect(archive / "ledger.sqlite") as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0])
