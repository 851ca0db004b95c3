"""How many articles say an answer, and how many independent sources they go back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.answering.footnotes import Shelf
from qa.records import Citation


def standing(citations: Sequence[Citation], saying: Iterable[str], shelf: Shelf) -> tuple[int, int]:
    """Articles, reprints and all, and sources: all that have one text are one.

    Args:
        citations: the answer's.
        saying: ids of articles that say it too, be they cited or not.
    """
    ids = {citation.article_id for citation in citations}.union(saying)
    printed = ids.union(*(citation.copies for citation in citations))
    return len(printed), len({shelf.source(id_) for id_ in ids})
