"""Files into articles: formats, cleaning, metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.articles.cleaning import clean_text
    from qa.articles.finding import find_files
    from qa.articles.reading import read_article

_HOME = {
    "clean_text": "qa.articles.cleaning",
    "find_files": "qa.articles.finding",
    "read_article": "qa.articles.reading",
}

__all__ = ["clean_text", "find_files", "read_article"]


def __getattr__(name: str) -> object:
    # Imported at first use: whoever ingests leaves reading to other processes.
    if name not in _HOME:
        raise AttributeError(f"module 'qa.articles' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
