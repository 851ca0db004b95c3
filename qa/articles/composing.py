"""Paragraphs of a document become its text: all but what a web page has around its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa.articles.cleaning import clean_text, page_blocks, tidy
from qa.articles.metadata import Details, details_of
from qa.articles.plain import without_title

PAGE_ENDS = "\f"  # stands where each page of a document ends; see `Article.page`
MOST = 0.8  # of a document's words are its article's: what is cut off is its head and foot


def composed(
    paragraphs: Sequence[str], own: Details, *, above: Sequence[str] = (), least: float = MOST
) -> tuple[Details, str]:
    """Put a document together: a title of its own comes before what is read off its head.

    Args:
        paragraphs: each on one line; they may hold `PAGE_ENDS`.
        own: what the document says of itself.
        above: what runs along its pages.
        least: the share of its words that cleaning must leave, or nothing is cleaned away.
    """
    plain = "\n\n".join(map(tidy, paragraphs))
    cleaned = clean_text(plain)
    seen = details_of([*above, *page_blocks(plain)], cleaned)
    kept = _kept(paragraphs, cleaned)
    if _words(kept) < least * _words(paragraphs):
        kept = list(paragraphs)
    details = replace(
        seen,
        title=own.title or seen.title,
        byline=seen.byline or own.byline,  # documents name whoever set the program up
        url=own.url,
    )
    text = "\n\n".join(kept)
    if PAGE_ENDS in text.partition("\n\n")[0]:  # a title's page: without it the count is wrong
        return details, text
    return details, without_title(text, details.title)


def _kept(paragraphs: Sequence[str], cleaned: str) -> list[str]:
    """The paragraphs that cleaning leaves, each with the ends of the pages that went before it."""
    left = Counter(cleaned.split("\n\n"))
    kept: list[str] = []
    ends = ""
    for paragraph in paragraphs:
        bare = tidy(paragraph)
        if left[bare]:
            left[bare] -= 1
            kept.append(ends + paragraph)
            ends = ""
        else:
            ends += PAGE_ENDS * paragraph.count(PAGE_ENDS)
    return [*kept[:-1], kept[-1] + ends] if kept else []


def _words(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)
