"""Hybrid retrieval as a LlamaIndex retriever: dense and lexical candidates, fused by rank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from qa.retrieval.fusion import reciprocal_rank_fusion
from vectorstore.records import Filter

if TYPE_CHECKING:
    from vectorstore.store import Store


class HybridRetriever(BaseRetriever):
    """The passages nearest to a question, best first, as many as were asked for if there are."""

    def __init__(
        self, store: Store, *, top_k: int = 10, candidates: int = 50, where: Filter | None = None
    ) -> None:
        super().__init__()
        self._store = store
        self._top_k = top_k
        self._candidates = max(candidates, top_k)
        self._where = where

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str.strip()
        if not question:
            return []
        dense = self._store.dense(question, self._candidates, self._where)
        lexical = self._store.lexical(question, self._candidates, self._where)
        fused = reciprocal_rank_fusion([[id_ for id_, _ in half] for half in (dense, lexical)])
        best = fused[: self._top_k]
        nodes = self._store.nodes([id_ for id_, _ in best])
        return [
            NodeWithScore(node=node, score=score)
            for node, (_, score) in zip(nodes, best, strict=True)
        ]


def text_nodes(passages: Sequence[NodeWithScore]) -> list[TextNode]:
    """The passages without their scores; every passage of ours is a `TextNode`."""
    return [cast(TextNode, passage.node) for passage in passages]
