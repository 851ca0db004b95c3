"""Questions drawn from the articles themselves: to begin with, and to go on with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, zip_longest

from qa.language.words import FUNCTION_WORDS
from qa.records import Answer, Article

_NAME = r"(?:[A-Z][\w’'-]+ ){1,4}?[A-Z][\w’'-]+"
_SAID = re.compile(
    rf"(?<![Tt]he )(?<![A-Z]\w )\b(?P<name>{_NAME}) "
    r"(?:said|told|warned|urged|stated|announced|added|argued|promised)\b"
)
_DATELINE = re.compile(r"\A(?P<place>[A-Z][A-Z’'-]+(?: [A-Z’'-]{2,})*)(?:,| \(| —| –| -)")
_WHO = re.compile(rf"(?<![Tt]he )\b(?P<name>{_NAME}), (?:the|a|an) [a-z]")
_ROLE = re.compile(rf"\b[Tt]he (?:[\w-]+ ){{0,3}}[a-z]+, (?P<name>{_NAME}),")
_SHORT_TITLE = 70
_TRIED = 8  # questions, until what can be asked next is given up
_COMPARED = 300  # articles, the newest, among which others on the same are looked for


def suggest(articles: Sequence[Article], n: int) -> list[str]:
    """Up to `n` questions of different kinds, from different articles where there are enough."""
    kinds = (_about_words, _about_person, _about_place, _about_all)
    turns = [
        _each([*articles[offset:], *articles[:offset]], kind) for offset, kind in enumerate(kinds)
    ]
    mixed = chain.from_iterable(zip_longest(turns[0], _compared(articles[:_COMPARED]), *turns[1:]))
    return list(dict.fromkeys(question for question in mixed if question))[:n]


def further(
    answer: Answer, article: Callable[[str], Article], ask: Callable[[str], Answer], n: int
) -> Iterator[str]:
    """Up to `n` questions to go on with, each yielded once it was answered by words that are new.

    Args:
        answer: what was said last.
        article: the article with an id.
        ask: answers a question that stands alone.
    """
    cited = [article(id_) for id_ in dict.fromkeys(one.article_id for one in answer.citations)]
    known = {citation.quote for citation in answer.citations}
    for question in islice(following(answer, cited), _TRIED):
        if n <= 0:
            return
        found = ask(question)
        quotes = {citation.quote for citation in found.citations}
        if found.answered and quotes - known:
            yield question
            known |= quotes
            n -= 1


def following(answer: Answer, articles: Sequence[Article]) -> Iterator[str]:
    """Questions that what an answer cites may answer too; each is to be checked by asking it.

    Args:
        articles: those that it cites, in that order.
    """
    names = dict.fromkeys(name for article in articles for name in _named(article.text))
    said, who = (f"What did {name} say?" for name in names), (f"Who is {name}?" for name in names)
    mixed = chain.from_iterable(zip_longest(said, who, _each(articles, _about_place)))
    asked = {answer.question, answer.understood, None}
    yield from dict.fromkeys(question for question in mixed if question not in asked)


def _compared(articles: Sequence[Article]) -> Iterator[str]:
    """Of what several outlets wrote, told by a name in a title that stands in another's title."""
    for article in articles:
        for name in re.findall(_NAME, article.title):
            others = {one.outlet for one in articles if one.outlet and name in one.title}
            if len(others - {article.outlet}) > 0 and article.outlet:
                yield f"Which outlets wrote about {name}?"


def _each(articles: Sequence[Article], kind: Callable[[Article], str]) -> Iterator[str]:
    return (question for article in articles if (question := kind(article)))


def _about_words(article: Article) -> str:
    return next((f"What did {name} say?" for name in _named(article.text)), "")


def _named(text: str, pattern: re.Pattern[str] = _SAID) -> Iterator[str]:
    """The names that `pattern` finds, without those that a sentence's beginning runs into."""
    for match in pattern.finditer(text):
        name = match["name"]
        if not any(word.lower() in FUNCTION_WORDS for word in name.split()):
            yield name


def _about_person(article: Article) -> str:
    found = chain(_named(article.text, _WHO), _named(article.text, _ROLE))
    return next((f"Who is {name}?" for name in found), "")


def _about_place(article: Article) -> str:
    match = _DATELINE.match(article.text)
    return f"What happened in {match['place'].title()}?" if match else ""


def _about_all(article: Article) -> str:
    if not article.title or len(article.title) > _SHORT_TITLE:
        return ""
    return f"Summarise “{article.title.rstrip('.')}”"
