"""Example questions drawn from the articles themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest

from qa.language.words import FUNCTION_WORDS
from qa.records import Article

_NAME = r"(?:[A-Z][\w’'-]+ ){1,4}?[A-Z][\w’'-]+"
_SAID = re.compile(
    rf"(?<![Tt]he )(?<![A-Z]\w )\b(?P<name>{_NAME}) "
    r"(?:said|told|warned|urged|stated|announced|added|argued|promised)\b"
)
_DATELINE = re.compile(r"\A(?P<place>[A-Z][A-Z’'-]+(?: [A-Z’'-]{2,})*)(?:,| \(| —| –| -)")
_SHORT_TITLE = 70


def suggest(articles: Sequence[Article], n: int) -> list[str]:
    """Up to `n` questions of different kinds, from different articles where there are enough."""
    kinds = (_about_words, _about_place, _about_all)
    turns = [
        _each([*articles[offset:], *articles[:offset]], kind) for offset, kind in enumerate(kinds)
    ]
    mixed = chain.from_iterable(zip_longest(*turns))
    return list(dict.fromkeys(question for question in mixed if question))[:n]


def _each(articles: Sequence[Article], kind: Callable[[Article], str]) -> Iterator[str]:
    return (question for article in articles if (question := kind(article)))


def _about_words(article: Article) -> str:
    for match in _SAID.finditer(article.text):
        name = match["name"]
        if not any(word.lower() in FUNCTION_WORDS for word in name.split()):
            return f"What did {name} say?"
    return ""


def _about_place(article: Article) -> str:
    match = _DATELINE.match(article.text)
    return f"What happened in {match['place'].title()}?" if match else ""


def _about_all(article: Article) -> str:
    if not article.title or len(article.title) > _SHORT_TITLE:
        return ""
    return f"Summarise “{article.title.rstrip('.')}”"
