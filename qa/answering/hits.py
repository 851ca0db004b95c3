"""LlamaIndex's passage with a score, as the record that callers get."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qa.records import Hit
from qa.retrieval.nodes import text_nodes

if TYPE_CHECKING:
    from llama_index.core.schema import NodeWithScore


def hit(passage: NodeWithScore) -> Hit:
    """Return the `Hit` for a retrieved passage."""
    (node,) = text_nodes([passage])
    metadata = node.metadata
    published = metadata["published"]
    return Hit(
        article_id=metadata["article_id"],
        title=metadata["title"],
        outlet=metadata["outlet"],
        published=date.fromisoformat(published) if published else None,
        url=metadata["url"],
        text=node.text,
        score=float(passage.score or 0.0),
        start=node.start_char_idx or 0,
        end=node.end_char_idx or 0,
    )
