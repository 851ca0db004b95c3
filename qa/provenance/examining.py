"""Every article that came in: which others have its text, and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from qa.provenance.copying import Compared, near, one_text
from qa.provenance.misdated import misdated
from qa.provenance.signature import BANDS, sharing, signature
from vectorstore.errors import ArticleNotFound
from vectorstore.examined import Finding, Signatures

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
        store.examined.put([one for id_ in part if (one := _finding(id_, store, known))])
    if on_progress:
        on_progress("Comparing", len(missing), len(missing))


class _Known:
    """The signatures so far, with room for those to come."""

    def __init__(
        self, ids: list[str], days: list[date | None], bands: Signatures, room: int
    ) -> None:
        self._ids, self._days = ids, days
        self._bands = np.zeros((len(ids) + room, BANDS), np.uint64)
        self._bands[: len(ids)] = bands.reshape(len(ids), BANDS)

    def alike(self, bands: Signatures, published: date | None) -> list[str]:
        """The ids of those that may have words in common, and were published about then."""
        rows = sharing(bands, self._bands[: len(self._ids)])
        return [self._ids[row] for row in rows if near(self._days[row], published)]

    def add(self, id_: str, published: date | None, bands: Signatures) -> None:
        self._bands[len(self._ids)] = bands
        self._ids.append(id_)
        self._days.append(published)


def _finding(id_: str, store: Store, known: _Known) -> Finding | None:
    try:
        article = store.article(id_)
    except ArticleNotFound:  # removed meanwhile
        return None
    bands = signature(article.text)
    copies = _copies(Compared(article), known.alike(bands, article.published), store)
    known.add(id_, article.published, bands)
    return Finding(id_, bands.tobytes(), misdated(article), copies)


def _copies(one: Compared, candidates: Sequence[str], store: Store) -> tuple[str, ...]:
    from vectorstore.records import Filter

    if not candidates:
        return ()
    others = store.articles(Filter(article_ids=tuple(candidates)))
    return tuple(other.id for other in others if one_text(one, Compared(other)))
