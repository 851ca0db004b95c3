"""The signs by which a finding's chance of being right is judged: evidence, not wording alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.findings import Finding, one_a_source
from qa.answering.gathering.sources import Sources
from qa.answering.gathering.unsaid import Asked, Said
from qa.answering.question import Question
from qa.language.kinds import Kind, offers
from qa.language.words import stems, words
from qa.metrics.logistic import log_odds
from qa.reader.protocol import Reading, Span
from vectorstore.days import weekday_of, written
from vectorstore.passage import Passage

Signs = dict[str, float]

# Every sign, and whether it may speak for a finding (1), against it (-1) or either way (0).
_SCOPES = ("near", "whole")  # the sentence, its article; either with title and day
_UNSAID = ("words", "names", "numbers", "years", "any")  # any: a name, a number or a year
_WHOLE = 60_000  # characters of an article that are looked into: all of it but of a book
DIRECTIONS: dict[str, int] = {
    "reader": 1,  # the reader's own probability, as log-odds
    "answerable": 1,  # its raw evidence: the network's logit,
    "margin": 1,  # the span against the null span,
    "share": 1,  # and against the other spans of its passage
    "seconded": 1,  # what the quick network thinks of a careful one's words, as log-odds
    "lead": 1,  # log-odds ahead of the likeliest other finding
    "other articles": 1,  # of other sources, that say the same, by their probabilities
    "place": -1,  # logarithm of retrieval's rank
    "given words": 0,  # logarithm of the answer's length
    "asked words": 0,  # logarithm of the number of the question's telling words
    "kind lacks": -1,  # the answer is not of the kind asked for (a day, a number, a person …)
    "likeness": 1,  # cosine of the question and the sentence with its title
    "repeats": -1,  # the share of the answer that the question holds already
    **{f"{what} {scope}": -1 for scope in _SCOPES for what in _UNSAID},
}


class Witness:
    """Takes the signs of what is found for one question."""

    def __init__(
        self,
        question: Question,
        passages: Sequence[Passage],
        readings: Sequence[Reading],
        sources: Sources,
    ) -> None:
        """`passages`: as retrieval ranks them, each with its reading."""
        self._question = question.standalone
        self._asked = Asked.of(self._question, sources.frequency)
        self._kind = question.fact.kind
        self._passages = passages
        self._readings = readings
        self._sources = sources

    def signs(self, findings: Sequence[Finding]) -> Signs:
        """The signs of the first of `findings`."""
        finding, *others = findings
        rival = max((other.probability for other in others), default=0.0)
        best = finding.evidence[0]
        place = self._place(best)
        passage, reading = self._passages[place], self._readings[place]
        agreeing = one_a_source(finding.evidence)[1:]
        title = passage.title
        near = Said.of(best.text, title, _dated(passage.published))
        article = self._sources.article(best.article_id).text[:_WHOLE]
        whole = near | Said.of(passage.text, article)
        given = best.short or best.text
        signs = {
            "reader": log_odds(best.probability),
            "answerable": reading.answerable,
            "margin": max(-20.0, min(20.0, reading.margin)),
            "share": max((span.share for span in self._touching(place, best)), default=0.0),
            "seconded": log_odds(
                max((span.seconded for span in self._touching(place, best)), default=0.0)
            ),
            "lead": max(-6.0, min(6.0, log_odds(best.probability) - log_odds(rival))),
            "other articles": sum(one.probability for one in agreeing),
            "place": math.log(1 + place),
            "given words": math.log(1 + len(words(given))),
            "asked words": math.log(1 + len(self._asked.weights)),
            "kind lacks": float(self._lacks_kind(given)),
            "likeness": self._sources.likeness(self._question, f"{title} {best.text}"),
            "repeats": _repeated(self._question, given),
        }
        for scope, said in zip(_SCOPES, (near, whole), strict=True):
            signs |= {f"{what} {scope}": value for what, value in self._asked.unsaid(said).items()}
        return signs

    def _place(self, one: Evidence) -> int:
        """Which passage it was read in: the one that holds it and was read as surest."""
        holding = [
            n
            for n, node in enumerate(self._passages)
            if node.article_id == one.article_id and node.start <= one.start and one.end <= node.end
        ]
        return max(
            holding,
            key=lambda n: (any(s.share for s in self._touching(n, one)), self._readings[n].score),
        )

    def _touching(self, place: int, one: Evidence) -> list[Span]:
        """The spans read in a passage that have words of what was found."""
        shift = self._passages[place].start
        start, end = one.start - shift, one.end - shift
        return [s for s in self._readings[place].spans if s.start < end and s.end > start]

    def _lacks_kind(self, text: str) -> bool:
        return self._kind is not Kind.OTHER and not offers(self._kind, text, self._question)


def _dated(published: date | None) -> str:
    """A day of publication as an article would write it."""
    return f"{written(published)} {weekday_of(published)}" if published else ""


def _repeated(question: str, given: str) -> float:
    """The share of the answer's words that the question has."""
    answer = set(stems(given))
    return len(answer & set(stems(question))) / len(answer) if answer else 1.0
