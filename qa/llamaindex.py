"""Footnote as LlamaIndex sees it: a retriever, and a query engine whose sources are citations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from qa.records import Answer, Citation
from qa.retrieval.ranked import Ranked
from vectorstore.passage import Passage


class FootnoteRetriever(BaseRetriever):
    """Finds passages inside a LlamaIndex pipeline."""

    def __init__(self, find: Callable[[str], Sequence[Ranked]]) -> None:
        """`find`: gives the passages for a question, best first."""
        super().__init__()
        self._find = find

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        ranked = self._find(query_bundle.query_str)
        return [NodeWithScore(node=node(one.passage), score=one.score) for one in ranked]


class FootnoteQueryEngine(CustomQueryEngine):
    """Answers with footnotes inside a LlamaIndex pipeline."""

    ask: Callable[[str], Answer]

    def custom_query(self, query_str: str) -> Response:
        """Return the answer; its sources are the quoted sentences, `[1]` first."""
        answer = self.ask(query_str)
        return Response(
            response=answer.text,
            source_nodes=[_source(c, answer.confidence) for c in answer.citations],
            metadata={
                "answered": answer.answered,
                "confidence": answer.confidence,
                "short": answer.short,
            },
        )


def node(passage: Passage) -> TextNode:
    """The passage as LlamaIndex's node; title and date are embedded with its text."""
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "title": passage.title,
            "published": passage.published.isoformat() if passage.published else "",
            "article_id": passage.article_id,
            "outlet": passage.outlet,
            "url": passage.url,
            "sentences": [list(span) for span in passage.sentences],
        },
        excluded_embed_metadata_keys=["article_id", "outlet", "url", "sentences"],
        excluded_llm_metadata_keys=["article_id", "sentences"],
        metadata_template="{value}",
        text_template="{metadata_str}\n\n{content}",
    )


def _source(citation: Citation, confidence: float) -> NodeWithScore:
    quoted = TextNode(
        id_=f"{citation.article_id}#{citation.start}-{citation.end}",
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={
            "number": citation.number,
            "article_id": citation.article_id,
            "title": citation.title,
            "outlet": citation.outlet,
            "published": citation.published.isoformat() if citation.published else "",
            "url": citation.url,
        },
    )
    return NodeWithScore(node=quoted, score=confidence)
