"""Articles whose day of publication contradicts what they tell."""

from __future__ import annotations

from vectorstore.records import Article


def misdated(article: Article) -> tuple[str, ...]:
    """A line that says how; empty where nothing speaks against the day."""
    return ()
