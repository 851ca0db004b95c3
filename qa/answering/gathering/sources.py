"""The archive as the line sees it: what is found, and who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa import trace
from qa.answering.gathering.shelf import Shelf
from qa.answering.hits import hit
from qa.checking.checker import Checker
from qa.checking.support import PackagedSupport
from qa.reader.cascade import CascadeReader
from qa.reader.confidence import Confidence
from qa.reader.protocol import Reader, Reading
from qa.reader.sentence_reader import remembering
from qa.reader.span_reader import SpanReader
from qa.records import Article, Filter, Head
from qa.retrieval.ranked import Ranked, unscored
from qa.retrieval.retriever import HybridRetriever
from vectorstore.once import once

if TYPE_CHECKING:
    from vectorstore.store import Store

_TELLING = 12  # passages that tell what a name is used for


class Sources:
    """One archive with one reader, and how much of it is read for a question."""

    def __init__(
        self, store: Store, reader: Reader, *, read: int, candidates: int, threshold: float | None
    ) -> None:
        """Make the sources.

        Args:
            store: the archive.
            reader: reads passages.
            read: how many passages are read for a question.
            candidates: how many each half of the retrieval proposes.
            threshold: the probability from which to answer; None takes the reader's own.
        """
        self._store = store
        self._reader = reader
        quick = reader.quick if isinstance(reader, CascadeReader) else reader
        self._judge = quick if isinstance(quick, SpanReader) else SpanReader()
        self._depth = read
        self._candidates = candidates
        self._threshold = threshold
        # Texts to vectors of length one; words recur from question to question.
        self.encode = remembering(store.embedding.encode)

    @once
    def checker(self) -> Checker:
        """Judges sentences, by the models that are loaded already."""
        return Checker(PackagedSupport(lambda: self._store.embedding, lambda: self._judge))

    def close(self) -> None:
        """End the readers' threads."""
        self._reader.close()
        self._judge.close()

    @property
    def threshold(self) -> float:
        """The probability below which a refusal is the better answer."""
        return self._reader.threshold if self._threshold is None else self._threshold

    @property
    def confidence(self) -> Confidence | None:
        """What the signs of a finding are worth; None: the reader's probabilities stand."""
        return self._reader.confidence

    @property
    def short_answers(self) -> bool:
        """Whether the reader finds short answers; otherwise whole sentences."""
        return self._reader.short_answers

    def outlets(self) -> list[str]:
        """The outlets that the archive names."""
        return [outlet for outlet, _ in self._store.outlets() if outlet]

    def holds(self, where: Filter) -> bool:
        """Whether any article is let through."""
        return self.count(where) > 0

    def count(self, where: Filter) -> int:
        """How many articles are let through."""
        return self._store.count(where)[0]

    def articles(self, where: Filter, limit: int | None = None) -> list[Article]:
        """The articles that are let through, the newest first; at most `limit`."""
        return self._store.articles(where, limit)

    def heads(self, where: Filter) -> list[Head]:
        """The same, all of them, without their texts."""
        return self._store.heads(where)

    def article(self, article_id: str) -> Article:
        """The article with this id. Raises `ArticleNotFound`."""
        return self._store.article(article_id)

    def shelf(self, where: Filter) -> Shelf:
        """The articles of one question."""
        return Shelf(self._store, where)

    def frequency(self, word: str) -> float:
        """The share of the archive's passages that hold `word`."""
        return self._store.frequency(word)

    def telling(self, name: str) -> list[str]:
        """Texts of the passages that say most of `name`."""
        ids = [passage_id for passage_id, _ in self._store.lexical(name, _TELLING)]
        return [node.text for node in self._store.passages(ids)]

    def likeness(self, question: str, text: str) -> float:
        """The cosine of the two, embedded."""
        embedding = self._store.embedding
        return float(embedding.encode([text])[0] @ embedding.encode_query(question))

    def retrieve(self, words: str, where: Filter) -> list[Ranked]:
        """The passages nearest to `words`, best first."""
        retriever = HybridRetriever(
            self._store, top_k=self._depth, candidates=self._candidates, where=where
        )
        with trace.stage("retrieve"):
            passages = retriever.retrieve(words)
        trace.note(asked=words, ranked=lambda: map(hit, passages))
        return passages

    def read(self, question: str, passages: Sequence[Ranked]) -> list[Reading]:
        """What the reader makes of each passage, in their order."""
        with trace.stage("read"):
            return self._reader.read(question, unscored(passages))
