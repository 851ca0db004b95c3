"""Pasted or scraped plain text: the article's details, and its body cleaned."""

from __future__ import annotations

from qa.articles.cleaning import clean_text, page_blocks, same_words
from qa.articles.metadata import Details, details_of


def read_plain(raw: str) -> tuple[Details, str]:
    """Return what the text says about the article, and the article's own text."""
    text = clean_text(raw)
    details = details_of(page_blocks(raw), text)
    return details, without_title(text, details.title)


def without_title(text: str, title: str) -> str:
    """Drop a first paragraph that only repeats the title, unless nothing else is there.

    With a full stop it is a sentence, from which a text without a headline got its title.
    """
    first, _, rest = text.partition("\n\n")
    return rest if rest and not first.endswith(".") and same_words(first, title) else text
