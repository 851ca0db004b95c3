"""The articles that a question is asked of, and which of them are one source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from qa.answering.gathering.evidence import Evidence
from qa.records import Article, Filter

if TYPE_CHECKING:
    from vectorstore.store import Store


class Shelf:
    """Articles and their copies, each looked up once: made for one question."""

    def __init__(self, store: Store, where: Filter) -> None:
        self._store = store
        self._where = where
        self._alike: dict[str, list[str]] = {}
        self._copies: dict[str, list[Article]] = {}

    def article(self, article_id: str) -> Article:
        """The article with this id. Raises `ArticleNotFound`."""
        return self._store.article(article_id)

    def copies(self, article_id: str) -> list[Article]:
        """The other articles of the question that have its text: reprints, parts, versions."""
        if article_id not in self._copies:
            alike = self._ids(article_id)
            where = replace(self._where, article_ids=self._chosen(alike))
            self._copies[article_id] = self._store.articles(where) if alike else []
        return self._copies[article_id]

    def source(self, article_id: str) -> str:
        """The same for all articles that have one text."""
        return min([article_id, *self._ids(article_id)])

    def original(self, one: Evidence) -> Evidence:
        """The evidence where it stands first: in the earliest article of its text, or the fullest.

        An article that words the sentence differently is passed over.
        """
        copies = [copy for copy in self.copies(one.article_id) if one.text in copy.text]
        if not copies:
            return one
        first = min([self.article(one.article_id), *copies], key=_precedence)
        if first.id == one.article_id:
            return one
        start = first.text.index(one.text)
        return replace(one, article_id=first.id, start=start, end=start + len(one.text))

    def _ids(self, article_id: str) -> list[str]:
        if article_id not in self._alike:
            self._alike[article_id] = self._store.examined.copies(article_id)
        return self._alike[article_id]

    def _chosen(self, ids: Sequence[str]) -> tuple[str, ...]:
        only = self._where.article_ids
        return tuple(id_ for id_ in ids if only is None or id_ in only)


def _precedence(article: Article) -> tuple[date, int, str]:
    return article.published or date.max, -len(article.text), article.id
