"""The articles as gold pairs name them: by id, file name or title."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePath

from qa.metrics.answers import holds
from qa.records import Article


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
        """Stands for every article's text: two archives that agree have the same."""
        texts = (f"{a.id}\0{a.title}\0{a.text}" for a in self.articles.values())
        digests = sorted(hashlib.sha256(text.encode()).hexdigest() for text in texts)
        return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]

    def named(self, name: str) -> str | None:
        """The id of the one article that goes by this name; None where none or several do."""
        if name in self.articles:
            return name
        found = self._names.get(_folded(name), set())
        return next(iter(found)) if len(found) == 1 else None

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


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
