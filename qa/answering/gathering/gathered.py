"""What the archive holds for one question, each thing found when it is first asked for."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from qa import trace
from qa.answering import wording
from qa.answering.gathering.choosing import choose, short_answer
from qa.answering.gathering.dating import (
    of_another_time,
    of_the_time,
    spelled_out,
    time_asked_of,
)
from qa.answering.gathering.disagreement import Disagreement, disagreement
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.findings import Finding
from qa.answering.gathering.sources import Sources
from qa.answering.gathering.voices import own_words_first
from qa.answering.gathering.weighing import found, weighed
from qa.answering.hits import hit
from qa.answering.question import Question
from qa.checking.checker import Checker
from qa.provenance.events import event, written
from qa.records import Article, Head, Hit
from qa.retrieval.ranked import Ranked, unscored
from qa.retrieval.ranking import by_reading

_NEAREST = 3


class Gathered:
    """Passages and findings of one question; a route that needs neither pays for neither."""

    def __init__(self, question: Question, sources: Sources) -> None:
        self._question = question
        self._sources = sources
        self.shelf = sources.shelf(question.where)

    @cached_property
    def passages(self) -> list[Ranked]:
        """The passages that were read, in the order of how well they answer."""
        return self._read[0]

    @cached_property
    def findings(self) -> list[Finding]:
        """Everything that may answer, the likeliest first, the losers too."""
        return self._read[1]

    @cached_property
    def chosen(self) -> list[Finding]:
        """The findings that are likely enough to be said; none where the articles are silent."""
        several = self._question.fact.several
        chosen = choose(self.findings, self._sources.threshold, several=several)
        trace.note(short=short_answer(chosen or self.findings[:1]))
        return chosen

    @cached_property
    def lead(self) -> str:
        """The direct answer as it is told: a time that leans on its article spelled out."""
        kind = self._question.fact.kind

        def worded(one: Evidence) -> str:
            return spelled_out(one, kind, self._published(one.article_id))

        return short_answer(self.chosen, worded)

    @cached_property
    def narrowing(self) -> str:
        """What became of the time that is asked of, in a line; empty where it changed nothing."""
        asked, aside = time_asked_of(self._question.standalone), self._read[2]
        if asked is None or not self.chosen:
            return ""
        best, published = self.chosen[0].evidence[0], self._published
        if of_another_time(best, asked, published(best.article_id)):
            found = event(best.text, published(best.article_id), best.short)
            return f"Nothing was found of {written(asked)}; this is of {found}."
        return wording.left_aside(written(asked), aside) if aside else ""

    @property
    def likely(self) -> list[Finding]:
        """The findings that reach the threshold, as many as a list may have."""
        return choose(self.findings, self._sources.threshold, several=True)

    @property
    def checker(self) -> Checker:
        """Judges sentences by the models that read."""
        return self._sources.checker

    @cached_property
    def disagreement(self) -> Disagreement | None:
        """What the articles give beside what is chosen, where they cannot all be right."""
        if not self.chosen:
            return None
        evidence = [one for finding in self.findings for one in finding.evidence]
        sources = self._sources
        return disagreement(
            self._question, evidence, sources.article, sources.encode, sources.checker
        )

    @property
    def confidence(self) -> float:
        """The likeliest finding's probability, said or not."""
        return self.findings[0].probability if self.findings else 0.0

    @property
    def nearest(self) -> list[Hit]:
        """What came closest, for a refusal to show."""
        return [hit(passage) for passage in self.passages[:_NEAREST]]

    @property
    def heads(self) -> list[Head]:
        """Every article that the question is asked of, without its text, the newest first."""
        return self._sources.heads(self._question.where)

    def newest(self, limit: int) -> list[Article]:
        """The newest of them, whole."""
        return self._sources.articles(self._question.where, limit)

    def articles_near(self, words: str) -> list[Article]:
        """The articles of the passages nearest to `words`, each once, best first."""
        passages = self._sources.retrieve(words, self._question.where)
        ids = dict.fromkeys(one.passage.article_id for one in passages)
        return [self._sources.article(id_) for id_ in ids]

    @cached_property
    def _read(self) -> tuple[list[Ranked], list[Finding], int]:
        """The passages, the findings, and how many of these are of another time than is asked."""
        asked = self._question.standalone
        passages = self._sources.retrieve(asked, self._question.where)
        nodes = unscored(passages)
        readings = self._sources.read(asked, passages)
        ranked = by_reading(passages, readings)
        trace.note(ranked=lambda: map(hit, ranked))
        every = found(self._question, nodes, readings, self._sources)
        time = time_asked_of(asked)
        findings = of_the_time(every, time, self._published) if time else every
        if self._question.fact.speaker:
            article = self._sources.article
            findings = own_words_first(self._question, findings, nodes, article)
        sure = weighed(self._question, findings, nodes, readings, self._sources)
        return ranked, sure, len(every) - len(findings)

    def _published(self, article_id: str) -> date | None:
        return self._sources.article(article_id).published
