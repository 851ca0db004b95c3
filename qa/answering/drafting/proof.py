"""The sentences of the passages that carry what a model wrote, wherever it says they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.answering.gathering.evidence import Evidence
from qa.answering.hits import hit
from qa.answering.proving import Check
from qa.language.words import stems
from qa.records import Citation, Hit, Verdict
from qa.retrieval.ranked import Ranked

_TRIED = 3  # sentences, those with the most words in common first
_PAIRS = 2  # neighbours
_LEAST = 0.2  # of the sentence's words that a quote must have
_SAME_WORDS = 0.7  # of the sentence's words
# Signs that prose has no use for: addresses, tags, links.
_ODD = re.compile(r"[<>\[\]{}|\\^~=@#`]|://")
_SHOWN = 60  # characters of such a word that a reason repeats
# What orders whoever reads it to say something asserts nothing.
_ORDERS = re.compile(
    r"\A[^\w\n]*+(?:\w+(?: \w+){0,3}:)?[^\w\n]*(?:please |now |just |only )?"
    r"(?:answer|disregard|forget|ignore|output|pretend|repeat|reply|respond|say|tell|write)\b",
    re.IGNORECASE,
)

Span = tuple[int, int]
_Quotes = list[tuple["Source", Evidence]]


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that the model was shown under a number."""

    number: int
    hit: Hit
    sentences: tuple[Span, ...]  # their offsets in the article

    def quotes(self, spans: Iterable[Span]) -> Iterator[tuple[Source, Evidence]]:
        """The words at these offsets of the article, as evidence of this passage."""
        for start, end in spans:
            text = self.hit.text[start - self.hit.start : end - self.hit.start]
            yield self, Evidence(self.hit.article_id, start, end, text, short="", probability=1.0)

    @property
    def told(self) -> list[Span]:
        """Its sentences, without orders."""
        return [
            span
            for span, (_, quote) in zip(self.sentences, self.quotes(self.sentences), strict=True)
            if not _ORDERS.match(quote.text)
        ]

    @property
    def pairs(self) -> list[Span]:
        """Neighbours among them, of which the first may name whom the second calls "he"."""
        told = set(self.told)
        return [(a[0], b[1]) for a, b in pairwise(self.sentences) if told >= {a, b}]

    def cited(self, quote: Evidence) -> Citation:
        """The quote as the checker wants it, with the article's date and title."""
        return Citation(
            number=self.number,
            article_id=self.hit.article_id,
            title=self.hit.title,
            outlet=self.hit.outlet,
            published=self.hit.published,
            url=self.hit.url,
            quote=quote.text,
            start=quote.start,
            end=quote.end,
        )


def sources(passages: Sequence[Ranked]) -> list[Source]:
    """The passages, numbered from 1."""
    return [
        Source(number, hit(one), one.passage.sentences)
        for number, one in enumerate(passages, start=1)
    ]


def prove(
    sentence: str, cited: Sequence[Source], others: Sequence[Source], check: Check
) -> tuple[tuple[Evidence, ...], Verdict]:
    """What carries the sentence, and the verdict; no evidence where nothing does.

    First the passages that it cites, then the others: a wrong number is mended. Who looks through
    many passages finds one that a checker takes for proof by mistake, so of those that were not
    cited only a single sentence, or two neighbours, in much the same words will do.
    """
    wanted = set(stems(sentence))
    mending = [one for one in _near(wanted, others) if _share(wanted, one) >= _SAME_WORDS]
    near = _near(wanted, cited)
    best = Verdict("unsupported", 0.0, "no passage speaks of it")
    for among in ([*near, *_together(near)], mending):
        for quotes in among:
            evidence = tuple(quote for _, quote in quotes)
            verdict = _odd(sentence, evidence) or check(
                sentence, [source.cited(quote) for source, quote in quotes]
            )
            if verdict.label == "supported":
                return evidence, verdict
            best = max(best, verdict, key=lambda one: (one.score, bool(one.reason)))
            if verdict.label == "contradicted" and quotes is among[0]:
                break  # what is nearest says otherwise
    return (), best


def _near(wanted: set[str], among: Sequence[Source]) -> list[_Quotes]:
    """Single sentences, then neighbours, each with the most of the wanted words first."""
    alone = [[one] for source in among for one in source.quotes(source.told)]
    pairs = [[one] for source in among for one in source.quotes(source.pairs)]
    return [*_best(wanted, alone)[:_TRIED], *_best(wanted, pairs)[:_PAIRS]]


def _best(wanted: set[str], quotes: list[_Quotes]) -> list[_Quotes]:
    shares = [(_share(wanted, one), -len(one[0][1].text), one) for one in quotes]
    held = [one for one in shares if one[0] >= _LEAST]
    return [one for *_, one in sorted(held, key=lambda one: one[:2], reverse=True)]


def _share(wanted: set[str], quotes: _Quotes) -> float:
    """The share of the words that the quotes hold."""
    held = {stem for _, quote in quotes for stem in stems(quote.text)}
    return len(wanted & held) / max(len(wanted), 1)


def _together(near: Sequence[_Quotes]) -> Iterator[_Quotes]:
    """Two of the quotes, then three, that carry a sentence only together."""
    apart = _apart([one for quotes in near for one in quotes])
    for number in range(2, min(len(apart), _TRIED) + 1):
        yield apart[:number]


def _apart(quotes: _Quotes) -> _Quotes:
    """Without those whose words another one before them has."""
    kept: _Quotes = []
    for source, quote in quotes:
        if not any(quote.overlaps(other) for _, other in kept):
            kept.append((source, quote))
    return kept


def _odd(sentence: str, quotes: Sequence[Evidence]) -> Verdict | None:
    """Against a word with signs of markup or an address that no quote holds."""
    for word in filter(_ODD.search, sentence.split()):
        if not any(word.strip(".,;:") in quote.text for quote in quotes):
            shown = word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
            return Verdict("unsupported", 0.0, f"“{shown}”: not in the articles")
    return None
