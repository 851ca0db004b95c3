"""What the archive holds for one question, each thing found when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qa import trace
from qa.answering.gathering.choosing import choose, short_answer
from qa.answering.gathering.disagreement import Disagreement, disagreement
from qa.answering.gathering.findings import Finding
from qa.answering.gathering.sources import Sources
from qa.answering.gathering.weighing import found, weighed
from qa.answering.hits import hit
from qa.answering.question import Question
from qa.checking.checker import Checker
from qa.records import Article, Head, Hit
from qa.retrieval.nodes import text_nodes
from qa.retrieval.ranking import by_reading

if TYPE_CHECKING:
    from llama_index.core.schema import NodeWithScore

_NEAREST = 3


class Gathered:
    """Passages and findings of one question; a route that needs neither pays for neither."""

    def __init__(self, question: Question, sources: Sources) -> None:
        self._question = question
        self._sources = sources
        self.shelf = sources.shelf(question.where)

    @cached_property
    def passages(self) -> list[NodeWithScore]:
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
        ids = dict.fromkeys(passage.node.metadata["article_id"] for passage in passages)
        return [self._sources.article(id_) for id_ in ids]

    @cached_property
    def _read(self) -> tuple[list[NodeWithScore], list[Finding]]:
        asked = self._question.standalone
        passages = self._sources.retrieve(asked, self._question.where)
        nodes = text_nodes(passages)
        readings = self._sources.read(asked, passages)
        ranked = by_reading(passages, readings)
        trace.note(ranked=lambda: map(hit, ranked))
        findings = found(self._question, nodes, readings, self._sources)
        return ranked, weighed(self._question, findings, nodes, readings, self._sources)
