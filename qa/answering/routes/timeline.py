"""How something went on: dated points across the articles, each with who reported it first."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from qa.answering.draft import Dated, Draft, quoted
from qa.answering.gathering.course import Happening, happenings
from qa.answering.gathering.gathered import Gathered
from qa.answering.question import Digest, Question, Timeline
from qa.answering.routes import digest
from qa.language.words import stem, words
from qa.records import Article

_POINTS = 8
_ON_TOPIC = 2 / 3  # of the topic's words, as in a digest
_MANY = 4  # words of a topic
# How often a point was right on timelines of our own: docs/measurements.md.
_RIGHT = 0.9


def answer(question: Question, gathered: Gathered) -> Draft | None:
    """Two points or more; a digest where the articles tell of no two times."""
    assert isinstance(question.intent, Timeline)
    topic = question.intent.topic
    articles = _on_topic(topic, gathered.articles_near(question.standalone))
    points = happenings(articles, topic, _POINTS)
    if len(points) < 2:
        return digest.answer(replace(question, intent=Digest(topic)), gathered)
    dated = [_dated(point) for point in points]
    return Draft(
        statements=[
            quoted(one.evidence, f"{one.event}{_reported(one, point)}")
            for one, point in zip(dated, points, strict=True)
        ],
        confidence=_RIGHT,
        saying=tuple(article.id for point in points for article, _ in point.told),
        timeline=tuple(dated),
    )


def _dated(point: Happening) -> Dated:
    article, evidence = point.first
    return Dated(point.event, evidence, article.outlet or article.title)


def _reported(one: Dated, point: Happening) -> str:
    several = len({article.id for article, _ in point.told}) > 1
    return f" (first reported by {one.first})" if several else f" ({one.first})"


def _on_topic(topic: Set[str], articles: Sequence[Article]) -> list[Article]:
    """The articles that hold two thirds of the topic, and as much as the best of them.

    Of a topic of many words they may lack one that the best has.
    """
    held = [
        len(topic & set(map(stem, words(f"{one.title} {one.outlet} {one.text}"))))
        for one in articles
    ]
    least = max(_ON_TOPIC * len(topic), max(held, default=0) - (len(topic) >= _MANY))
    return [one for one, number in zip(articles, held, strict=True) if number >= least]
