"""Files into articles: formats, cleaning, metadata."""

from __future__ import annotations

from qa.articles.cleaning import clean_text
from qa.articles.finding import find_files
from qa.articles.reading import read_article

__all__ = ["clean_text", "find_files", "read_article"]
