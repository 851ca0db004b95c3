"""The articles as gold pairs name them: by id, file name or title."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from qa.metrics.answers import holds
from qa.records import Article
from vectorstore.days import MONTHS, written


class Library:
    """Articles to look up; knows nothing of how they were found."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {article.id: article for article in articles}
        self._names: dict[str, set[str]] = defaultdict(set)
        for article in self.articles.values():
            for name in (article.id, PurePath(article.path).name, article.title):
                self._names[_folded(name)].add(article.id)

    @property
    def fingerprint(self) -> str:
        """Stands for what every article says: two archives that agree have the same."""
        told = ("id", "title", "outlet", "published", "text")
        texts = ("\0".join(str(getattr(a, n)) for n in told) for a in self.articles.values())
        digests = sorted(hashlib.sha256(text.encode()).hexdigest() for text in texts)
        return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]

    def named(self, name: str) -> str | None:
        """The id of the one article that goes by this name; None where none or several do."""
        found = self.called(name)
        return next(iter(found)) if len(found) == 1 else None

    def called(self, name: str) -> set[str]:
        """The ids of all articles that go by this name."""
        return {name} if name in self.articles else self._names.get(_folded(name), set())

    def resolve(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of the articles that exist, in the order named."""
        found = (self.named(name) for name in names)
        return tuple(dict.fromkeys(id_ for id_ in found if id_))

    def text(self, article_id: str) -> str:
        """The article's text, or nothing."""
        article = self.articles.get(article_id)
        return article.text if article else ""

    def says(self, answer: str, ids: Iterable[str]) -> bool:
        """Whether the answer's words stand in the text of one of these articles."""
        return any(holds(self.text(id_), answer) for id_ in ids)

    def heads(self, answer: str, ids: Iterable[str]) -> bool:
        """Whether the answer stands in what is known about one of these articles, not in its text:
        title, outlet, byline, date."""
        return any(
            holds(known, answer)
            for id_ in ids
            if id_ in self.articles
            for known in _known(self.articles[id_])
        )


def _known(article: Article) -> Iterator[str]:
    yield from (article.title, article.outlet, article.byline, article.url, article.note)
    if day := article.published:
        yield from (day.isoformat(), f"{MONTHS[day.month - 1]} {day.day}, {day.year}", written(day))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
