"""Whether two articles are one text: a reprint, a part of it, or an earlier version."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from qa.provenance.credits import credited
from qa.provenance.shingles import share, shingles
from vectorstore.records import Article

# How much of the shorter text's runs the other must have. Chosen on the development pairs.
_COPY = 0.3
_CREDITED = 0.1  # where one names the other, or both name one agency
_VERSION = 0.2  # where one outlet brings its story up to date
_FIGURES = 0.5  # of the fewer figures: a yearly report's words stay, its figures do not
DAYS = 10  # between a text and its reprint
_DAYS_BETWEEN_VERSIONS = 3
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_RUNS = 8  # that two texts must have in common: two notices of a line each are alike by chance


@dataclass(frozen=True)
class Compared:
    """An article and what it is compared by, each found once."""

    article: Article

    @cached_property
    def shingles(self) -> frozenset[str]:
        """The runs of its words."""
        return shingles(self.article.text)

    @cached_property
    def credited(self) -> frozenset[str]:
        """The agencies that it may be from."""
        one = self.article
        return credited(one.text, one.outlet, one.byline)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers of the text, as written."""
        return frozenset(_FIGURE.findall(self.article.text))


def one_text(one: Compared, other: Compared) -> bool:
    """Whether both go back to one text: they are one source, however many print it."""
    a, b = one.article, other.article
    if a.published and b.published and abs((a.published - b.published).days) > DAYS:
        return False
    few, many = sorted((one.shingles, other.shingles), key=len)
    if len(few & many) < _RUNS or share(few, many) < _least(one, other):
        return False
    return _same_figures(one.figures, other.figures)


def _least(one: Compared, other: Compared) -> float:
    a, b = one.article, other.article
    if a.outlet and a.outlet == b.outlet:
        days = abs((a.published - b.published).days) if a.published and b.published else 0
        return _VERSION if days <= _DAYS_BETWEEN_VERSIONS else _COPY
    return _CREDITED if one.credited & other.credited else _COPY


def _same_figures(one: Set[str], other: Set[str]) -> bool:
    few, many = sorted((one, other), key=len)
    return len(few & many) >= _FIGURES * len(few)
