"""Every article that came in: which others have its text, and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from qa.provenance.copying import DAYS, Compared, one_text
from qa.provenance.misdated import misdated
from qa.provenance.signature import BANDS, sharing, signature
from vectorstore.examined import Finding, Signatures
from vectorstore.records import Article, Filter

if TYPE_CHECKING:
    from vectorstore.store import Store

Progress = Callable[[str, int, int], None]

# Raised whenever another result is found for the same articles, so that all are examined anew.
VERSION = 1

_COMMIT = 200  # articles: a cut loses seconds of work


def examine(store: Store, on_progress: Progress | None = None) -> None:
    """Examine what was not yet; an archive of before is brought up to date whole.

    Args:
        on_progress: told of the articles done and of all.
    """
    if store.noted("examined") != str(VERSION):
        store.examined.forget()
        store.note(examined=str(VERSION))
    missing = store.examined.missing()
    if not missing:
        return
    known = _Known(*store.examined.signatures(), room=len(missing))
    for first in range(0, len(missing), _COMMIT):
        if on_progress:
            on_progress("Comparing", first, len(missing))
        part = missing[first : first + _COMMIT]
        articles = store.articles(Filter(article_ids=tuple(part)))
        store.examined.put([_finding(article, store, known) for article in articles])
    if on_progress:
        on_progress("Comparing", len(missing), len(missing))


class _Known:
    """The signatures so far, with room for those to come."""

    def __init__(
        self, ids: list[str], days: list[date | None], bands: Signatures, room: int
    ) -> None:
        self._ids = ids
        self._bands = np.zeros((len(ids) + room, BANDS), np.uint64)
        self._bands[: len(ids)] = bands.reshape(len(ids), BANDS)
        self._days = np.zeros(len(ids) + room, np.int32)  # 0 where none is known
        self._days[: len(ids)] = [day.toordinal() if day else 0 for day in days]

    def alike(self, bands: Signatures, published: date | None) -> list[str]:
        """The ids of those that may have words in common, and were published about then."""
        days = self._days[: len(self._ids)]
        rows = np.arange(len(days))
        if published:
            rows = rows[(days == 0) | (np.abs(days - published.toordinal()) <= DAYS)]
        return [self._ids[rows[row]] for row in sharing(bands, self._bands[rows])]

    def add(self, id_: str, published: date | None, bands: Signatures) -> None:
        self._bands[len(self._ids)] = bands
        self._days[len(self._ids)] = published.toordinal() if published else 0
        self._ids.append(id_)


def _finding(article: Article, store: Store, known: _Known) -> Finding:
    bands = signature(article.text)
    copies = _copies(Compared(article), known.alike(bands, article.published), store)
    known.add(article.id, article.published, bands)
    return Finding(article.id, bands.tobytes(), misdated(article), copies)


def _copies(one: Compared, candidates: Sequence[str], store: Store) -> tuple[str, ...]:
    if not candidates:
        return ()
    others = store.articles(Filter(article_ids=tuple(candidates)))
    return tuple(other.id for other in others if one_text(one, Compared(other)))
