"""Hybrid retrieval as a LlamaIndex retriever: dense and lexical candidates, the nearest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from qa.retrieval.fusion import reciprocal_rank_fusion
from qa.retrieval.nearness import Nearness
from vectorstore.records import Filter

if TYPE_CHECKING:
    from llama_index.core.postprocessor.types import BaseNodePostprocessor
    from llama_index.core.schema import TextNode

    from vectorstore.store import Store


class HybridRetriever(BaseRetriever):
    """The passages nearest to a question, best first, as many as were asked for if there are."""

    def __init__(
        self,
        store: Store,
        *,
        top_k: int = 10,
        candidates: int = 50,
        where: Filter | None = None,
        ranking: BaseNodePostprocessor | None = None,
        ranked: int = 0,
    ) -> None:
        """Make a retriever.

        Args:
            store: where the passages are.
            top_k: how many to return.
            candidates: how many each half proposes, and how many are compared.
            where: which articles may be found.
            ranking: what orders them in the end; None keeps the nearest first.
            ranked: how many are ranked before the first `top_k` are taken.
        """
        super().__init__()
        self._store = store
        self._top_k = top_k
        self._depth = max(top_k, ranked)
        self._candidates = max(candidates, self._depth)
        self._where = where
        self._ranking = ranking

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str.strip()
        if not question:
            return []
        dense = self._store.dense(question, self._candidates, self._where)
        lexical = self._store.lexical(question, self._candidates, self._where)
        fused = reciprocal_rank_fusion([[id_ for id_, _ in half] for half in (dense, lexical)])
        passages = self._nearest(question, dict(fused[: self._candidates]))[: self._depth]
        if self._ranking is not None:
            passages = self._ranking.postprocess_nodes(passages, query_bundle)
        return passages[: self._top_k]

    def _nearest(self, question: str, fused: Mapping[str, float]) -> list[NodeWithScore]:
        """The passages, each with how near it is to the question, the nearest first."""
        nearness = Nearness(question, self._store.frequency)
        cosines = self._store.cosines(question, list(fused))
        passages = []
        # A passage may have gone since it was found: another thread is writing.
        for node in self._store.nodes(list(cosines)):
            id_ = node.node_id
            score = nearness.of(_titled(node), cosines[id_], fused[id_])
            passages.append(NodeWithScore(node=node, score=score))
        return sorted(passages, key=lambda passage: -(passage.score or 0.0))


def _titled(node: TextNode) -> str:
    return f"{node.metadata['title']}. {node.text}"
