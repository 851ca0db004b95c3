"""Looks an archive through, and puts right what can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from qa.articles.passages import passages
from qa.records import Trouble
from vectorstore.store import Store

_TOGETHER = 64  # articles that are cut anew at a time
_SHOWN = 3  # articles that a line names
_ADVICE = "try footnote check --repair, else restore a backup: footnote restore FILE --archive DIR"


def examine(store: Store, *, repair: bool = False) -> list[Trouble]:
    """What is wrong with the archive, as it was before `repair` put right what can be."""
    index = store.index_trouble()  # before mending leaves it behind
    return [
        *_of_the_ledger(store, repair),
        *_of_articles(store, repair),
        *_of_the_index(store, index, repair),
        *_of_uploads(store),
    ]


def _of_the_ledger(store: Store, repair: bool) -> Iterator[Trouble]:
    if damage := store.health.damage():
        what = f"The ledger is damaged: {'; '.join(damage)}"
        if repair:
            store.health.rebuild_indices()
        mended = repair and not store.health.damage()
        yield Trouble(what, mended=mended, advice="" if mended else _ADVICE)
    if lost := store.health.orphans():
        if repair:
            store.health.remove_orphans()
        yield Trouble(f"Parts of the ledger that belong to no article: {lost}", mended=repair)


def _of_articles(store: Store, repair: bool) -> Iterator[Trouble]:
    faults = store.health.faults()
    if repair and faults:
        store.health.forget_bad_vectors()
        _cut_anew(store, list(faults))
    left = store.health.faults() if repair and faults else faults
    by_fault = sorted(faults.items(), key=lambda one: (one[1], one[0]))
    for fault, found in groupby(by_fault, key=lambda one: one[1]):
        ids = [id_ for id_, _ in found]
        yield Trouble(
            f"{_named(ids)}: {fault}", mended=repair and not any(id_ in left for id_ in ids)
        )


def _cut_anew(store: Store, ids: Sequence[str]) -> None:
    hashes, embedding = store.hashes(), store.embedding
    for first in range(0, len(ids), _TOGETHER):
        articles = [store.article(id_) for id_ in ids[first : first + _TOGETHER]]
        store.put(
            [
                (
                    one,
                    passages(one, embedding.piece_counts, max_pieces=embedding.max_pieces),
                    hashes[one.id],
                )
                for one in articles
            ]
        )


def _of_the_index(store: Store, what: str, repair: bool) -> Iterator[Trouble]:
    if repair:
        store.sync()
    if what:
        mended = repair and not store.index_trouble()
        yield Trouble(f"The vector index is not in step: {what}", mended=mended)


def _of_uploads(store: Store) -> Iterator[Trouble]:
    uploads = store.folder.absolute() / "uploads"
    gone = sorted(
        id_
        for id_, path in store.paths().items()
        if uploads in Path(path).parents and not Path(path).exists()
    )
    if gone:
        yield Trouble(
            f"{_named(gone)}: the file that was put in through the chat is gone",
            advice=f"put it back into {uploads}; the article itself is safe",
        )


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return f"{', '.join(ids[:_SHOWN])}{more}"
