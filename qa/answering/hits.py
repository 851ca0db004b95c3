"""A passage that was found, as the record that callers get."""

from __future__ import annotations

from qa.records import Hit
from qa.retrieval.ranked import Ranked


def hit(found: Ranked) -> Hit:
    """Return the `Hit` for a retrieved passage."""
    passage = found.passage
    return Hit(
        article_id=passage.article_id,
        title=passage.title,
        outlet=passage.outlet,
        published=passage.published,
        url=passage.url,
        text=passage.text,
        score=found.score,
        start=passage.start,
        end=passage.end,
    )
