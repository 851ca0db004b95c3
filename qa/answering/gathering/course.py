"""What articles tell of one matter, by when it happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

from qa.answering.gathering.evidence import Evidence
from qa.articles.sentences import sentence_spans
from qa.language.words import stems
from qa.provenance.events import Event, event
from qa.records import Article

_OPENING = 3  # sentences, which tell the news whatever words they use
_ALIKE = 0.25  # of the shorter sentence's words: two reports of one thing on one day
_WORDS = 6  # what is shorter tells little by itself
_READ = 60_000  # characters of an article: all of it but of a book
_LONGEST = 62  # days of a time that a point may have


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened at one time, and the sentences that tell it, the fullest first."""

    event: Event
    told: tuple[tuple[Article, Evidence], ...]

    @property
    def first(self) -> tuple[Article, Evidence]:
        """The article that reported it first, the fullest of a day, and its sentence."""
        return min(self.told, key=lambda one: _precedence(one[0]))


def _precedence(article: Article) -> tuple[date, int]:
    return article.published or date.max, -len(article.text)


def happenings(articles: Sequence[Article], topic: Set[str], at_most: int) -> list[Happening]:
    """The `at_most` that most articles tell of and that say most of the topic, the earliest first.

    Args:
        articles: those on the topic, best first.
        topic: stems.
    """
    groups: list[list[_Told]] = []
    for one in (told for article in articles for told in _told(article, topic)):
        same = next((group for group in groups if _same(group[0], one)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    groups.sort(key=lambda group: (-_weight(group), group[0].event.first))
    chosen = sorted(groups[:at_most], key=lambda group: group[0].event.days)
    return [_happening(group) for group in chosen]


@dataclass(frozen=True, slots=True)
class _Told:
    article: Article
    evidence: Evidence
    event: Event
    stems: frozenset[str]
    weight: float  # how much it says of the topic, and how near the opening it stands


def _told(article: Article, topic: Set[str]) -> Iterator[_Told]:
    titled = frozenset(stems(article.title))
    for place, (start, end) in enumerate(sentence_spans(article.text[:_READ])):
        text = article.text[start:end]
        happened = event(text, article.published)
        held = frozenset(stems(text))
        if happened is None or len(text.split()) < _WORDS or text[0] in '"“':
            continue  # what somebody says of June is seldom of this one
        if (happened.days[1] - happened.days[0]).days > _LONGEST:
            continue
        opening = place < _OPENING
        if held & topic and _on(topic, held | titled):
            shared = len(held & topic) / len(topic)
            evidence = Evidence(article.id, start, end, text, "", 1.0)
            yield _Told(article, evidence, happened, held, shared + 0.5 * opening)


def _on(topic: Set[str], held: Set[str]) -> bool:
    """Whether a sentence under its headline is on the topic: half of it, and two words."""
    return len(held & topic) >= max(len(topic) / 2, min(2, len(topic)))


def _same(one: _Told, other: _Told) -> bool:
    fewer = min(len(one.stems), len(other.stems))
    alike = len(one.stems & other.stems) >= _ALIKE * fewer
    return one.event.days == other.event.days and alike


def _weight(group: Sequence[_Told]) -> float:
    return max(one.weight for one in group) + 0.25 * len({one.article.id for one in group})


def _happening(group: Sequence[_Told]) -> Happening:
    ranked = sorted(group, key=lambda one: -one.weight)
    return Happening(ranked[0].event, tuple((one.article, one.evidence) for one in ranked))
