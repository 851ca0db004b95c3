"""How many articles say an answer, and how many independent sources they go back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.answering.footnotes import Shelf
from qa.records import Citation


def standing(citations: Sequence[Citation], saying: Iterable[str], shelf: Shelf) -> tuple[int, int]:
    """Articles, reprints and all, and sources: all that have one text or one outlet are one.

    Args:
        citations: the answer's.
        saying: ids of articles that say it too, be they cited or not.
    """
    ids = {citation.article_id for citation in citations}.union(saying)
    printed = ids.union(*(citation.copies for citation in citations))
    return len(printed), len(_sources(sorted(ids), shelf))


def _sources(ids: Sequence[str], shelf: Shelf) -> list[set[str]]:
    """What each source is known by: the texts that its articles have, and its names."""
    sources: list[set[str]] = []
    for id_ in ids:
        # "Reuters via VOA" is Reuters.
        outlet = shelf.article(id_).outlet.split(" via ")[0].casefold()
        known = {f"text {shelf.source(id_)}", *([f"outlet {outlet}"] if outlet else [])}
        same = [source for source in sources if source & known]
        sources = [source for source in sources if not source & known]
        sources.append(known.union(*same))
    return sources
