"""The half of the store that knows the articles by their names, and what is noted of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vectorstore.protocols import Ledger
from vectorstore.records import Article, Filter, Found, Head, Overview, Survey
from vectorstore.removed import Removed, removed


class Catalogue:
    """Lists, counts and finds articles; it searches no passages."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.examined = ledger.examined

    def articles(self, where: Filter | None = None, limit: int | None = None) -> list[Article]:
        """The articles, the newest first, undated ones last; at most `limit`."""
        if limit is not None:
            newest = self._ledger.heads.listed(where, limit)
            where = Filter(article_ids=tuple(head.id for head in newest))
        warned = self.examined.warnings()
        found = self._ledger.articles(where)
        return [replace(one, warnings=warned.get(one.id, ())) for one in found] if warned else found

    def heads(self, where: Filter | None = None) -> list[Head]:
        """The articles without their texts, in the order of `articles`."""
        return self._warned(self._ledger.heads.listed(where))

    def find(self, wanted: str, limit: int, where: Filter | None = None) -> Found:
        """The articles that hold every word of `wanted`, those first that are named so."""
        found = self._ledger.heads.find(wanted, limit, where)
        return replace(found, heads=tuple(self._warned(found.heads)))

    def _warned(self, heads: Sequence[Head]) -> list[Head]:
        warned = self.examined.warnings()
        return [replace(one, warnings=warned.get(one.id, ())) for one in heads]

    def survey(self) -> Survey:
        """The archive looked over."""
        spread = self._ledger.heads.spread()
        return Survey(
            spread=tuple(spread),
            groups=_groups(self.examined.pairs()),
            undated=sum(number for _, month, number in spread if not month),
            doubted=tuple(sorted(self.examined.warnings())),
        )

    def overview(self) -> Overview:
        """How many articles and outlets there are, and from when."""
        return self._ledger.heads.overview()

    def article(self, article_id: str) -> Article:
        """The article with that id. Raises `ArticleNotFound`."""
        found = self._ledger.article(article_id)
        return replace(found, warnings=self.examined.warnings(article_id).get(article_id, ()))

    def noted(self, key: str) -> str:
        """What is noted under `key`; "" if nothing is."""
        return self._ledger.meta(key)

    def note(self, **values: str) -> None:
        """Note `values` for `noted`."""
        self._ledger.note(**values)

    def notes(self, beginning: str) -> dict[str, str]:
        """What is noted under every key that begins so."""
        return self._ledger.notes(beginning)

    def hashes(self) -> dict[str, str]:
        """Article id to the content hash it was put with."""
        return self._ledger.hashes()

    def paths(self) -> dict[str, str]:
        """Article id to where its file lay."""
        return self._ledger.paths()

    def outlets(self) -> list[tuple[str, int]]:
        """Each outlet with its number of articles, the largest first."""
        return self._ledger.outlets()

    def count(self, where: Filter | None = None) -> tuple[int, int]:
        """How many articles and how many passages there are."""
        return self._ledger.count(where)

    def removed(self) -> list[Removed]:
        """What was taken out so, and did not come back; the latest first."""
        return removed(self._ledger)


def _groups(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The ids that hang together by pairs, the largest group first."""
    group: dict[str, set[str]] = {}
    for pair in pairs:
        one, other = (group.setdefault(id_, {id_}) for id_ in pair)
        if one is not other:
            less, more = sorted((one, other), key=len)  # each id moves a few times, not each pair
            more |= less
            group |= dict.fromkeys(less, more)
    found = {tuple(sorted(one)) for one in {id(one): one for one in group.values()}.values()}
    return tuple(sorted(found, key=lambda one: (-len(one), one)))
