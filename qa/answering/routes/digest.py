"""A short dated digest, for "what happened" and "summarise"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from datetime import date

from qa.answering import wording
from qa.answering.draft import Draft, Statement, quoted, refused
from qa.answering.gathering.gathered import Gathered
from qa.answering.gathering.telling import telling
from qa.answering.question import Digest, Question
from qa.articles.dates import has_date, parse_date
from qa.language.words import stem, words
from qa.records import Article

_SENTENCES = 4
_DATELINE = re.compile(r"[^—–!?]{2,80}(?=\s?[—–])|[^—–!?-]{2,80}(?=\s-\s)")
# How often such an answer was right on questions of our own: docs/measurements.md.
_RIGHT = 0.89


def answer(question: Question, gathered: Gathered) -> Draft | None:
    """One to four dated sentences; a refusal where no article is about what is asked."""
    assert isinstance(question.intent, Digest)
    topic = question.intent.topic
    chosen = (
        _on_topic(topic, gathered.articles_near(question.standalone))
        if topic
        else gathered.newest(_SENTENCES)
    )
    if not chosen:
        return refused(wording.REFUSAL, nearest=gathered.nearest)
    return Draft(statements=_dated(chosen[:_SENTENCES], topic), confidence=_RIGHT)


def _on_topic(wanted: Set[str], articles: Sequence[Article]) -> list[Article]:
    """The articles that hold the most of the topic's words, if that is two thirds of them."""
    held = [
        len(wanted & set(map(stem, words(f"{article.title} {article.outlet} {article.text}"))))
        for article in articles
    ]
    most = max(held, default=0)
    if most < 2 / 3 * len(wanted):
        return []
    return [article for article, number in zip(articles, held, strict=True) if number == most]


def _dated(chosen: Sequence[Article], wanted: Set[str]) -> Iterator[Statement]:
    """The sentences that tell most, by article, the oldest first."""
    each = max(1, _SENTENCES // len(chosen))
    for article in sorted(chosen, key=lambda one: (one.published or date.max, one.id)):
        for number, one in enumerate(telling(article, wanted, each)):
            label = "" if number else _label(article, one.text)
            yield quoted(one, label, joined=number > 0)


def _label(article: Article, sentence: str) -> str:
    """Outlet and date; the outlet alone where the sentence opens with a dateline of that day."""
    dateline = _DATELINE.match(sentence)
    if dateline and has_date(dateline[0]) and parse_date(dateline[0]) in (article.published, None):
        return article.outlet
    return wording.source(article)
