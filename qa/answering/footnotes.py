"""Numbered footnotes: what is said and what is quoted never part ways."""

from __future__ import annotations

import re
from typing import Protocol

from qa.answering.gathering.evidence import Evidence
from qa.errors import ArticleNotFound
from qa.provenance.events import event
from qa.provenance.shingles import repeats
from qa.provenance.speakers import speech
from qa.records import Article, Citation

_BRACKETED_NUMBER = re.compile(r"\[(\d+)\]")


class Shelf(Protocol):
    """The articles that an answer may cite."""

    def article(self, article_id: str) -> Article:
        """The article with this id. Raises `ArticleNotFound`."""
        ...

    def copies(self, article_id: str) -> list[Article]:
        """The articles that have its text: reprints, parts of it, other versions."""
        ...

    def source(self, article_id: str) -> str:
        """The same for all articles that have one text."""
        ...


class Footnotes:
    """Mints the citations of one answer: here alone a quote is cut from its article."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._citations: dict[tuple[str, int, int], Citation] = {}

    def cite(self, evidence: Evidence) -> Citation:
        """The footnote for this evidence; the same words keep their number.

        Raises:
            ArticleNotFound: the article went or changed since it was read.
        """
        if evidence.place not in self._citations:
            article = self._shelf.article(evidence.article_id)
            quote = article.text[evidence.start : evidence.end]
            if quote != evidence.text:
                raise ArticleNotFound(f"{article.id} changed while it was read: ask again.")
            said = speech(article.text, evidence.start, evidence.end)
            happened = event(quote, article.published, evidence.short)
            self._citations[evidence.place] = Citation(
                number=len(self._citations) + 1,
                article_id=article.id,
                title=article.title,
                outlet=article.outlet,
                published=article.published,
                url=article.url,
                quote=quote,
                start=evidence.start,
                end=evidence.end,
                page=article.page(evidence.start),
                copies=tuple(
                    copy.id for copy in self._shelf.copies(article.id) if repeats(copy.text, quote)
                ),
                speaker=said.speaker,
                occasion=said.occasion,
                event_date=happened.first if happened else None,
                event=str(happened or ""),
                warnings=article.warnings,
            )
        return self._citations[evidence.place]

    def __contains__(self, evidence: Evidence) -> bool:
        """Whether these words are cited already."""
        return evidence.place in self._citations

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, in the order of their numbers."""
        return tuple(self._citations.values())


def unmarked(text: str) -> str:
    """`text` with `[2]` as `(2)`: an article's own brackets must not pass for footnotes."""
    return _BRACKETED_NUMBER.sub(r"(\1)", text)
