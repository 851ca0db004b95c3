"""Hybrid retrieval: dense and lexical candidates, fused, the nearest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qa.retrieval.fusion import reciprocal_rank_fusion
from qa.retrieval.nearness import Nearness
from qa.retrieval.ranked import Ranked
from vectorstore.passage import Passage
from vectorstore.records import Filter

if TYPE_CHECKING:
    from vectorstore.store import Store


class HybridRetriever:
    """The passages nearest to a question, best first, as many as were asked for if there are."""

    def __init__(
        self,
        store: Store,
        *,
        top_k: int = 10,
        candidates: int = 50,
        where: Filter | None = None,
    ) -> None:
        """Make a retriever.

        Args:
            store: where the passages are.
            top_k: how many to return.
            candidates: how many each half proposes, and how many are compared.
            where: which articles may be found.
        """
        self._store = store
        self._top_k = top_k
        self._candidates = max(candidates, top_k)
        self._where = where

    def retrieve(self, question: str) -> list[Ranked]:
        """The passages for `question`; none for white space."""
        question = question.strip()
        if not question:
            return []
        dense = self._store.dense(question, self._candidates, self._where)
        lexical = self._store.lexical(question, self._candidates, self._where)
        fused = reciprocal_rank_fusion([[id_ for id_, _ in half] for half in (dense, lexical)])
        return self._nearest(question, dict(fused[: self._candidates]))[: self._top_k]

    def _nearest(self, question: str, fused: Mapping[str, float]) -> list[Ranked]:
        """The passages, each with how near it is to the question, the nearest first."""
        nearness = Nearness(question, self._store.frequency)
        cosines = self._store.cosines(question, list(fused))
        ranked = []
        # A passage may have gone since it was found: another thread is writing.
        for one in self._store.passages(list(cosines)):
            score = nearness.of(_titled(one), cosines[one.id], fused[one.id])
            ranked.append(Ranked(one, score))
        return sorted(ranked, key=lambda one: -one.score)


def _titled(passage: Passage) -> str:
    return f"{passage.title}. {passage.text}"
