"""The assistant as LlamaIndex sees it: a query engine whose sources are the citations."""

from __future__ import annotations

from collections.abc import Callable

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, TextNode

from qa.records import Answer, Citation


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


def query_engine(ask: Callable[[str], Answer]) -> FootnoteQueryEngine:
    """Wrap `ask` as a query engine."""
    return FootnoteQueryEngine(ask=ask)


def _source(citation: Citation, confidence: float) -> NodeWithScore:
    node = TextNode(
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
    return NodeWithScore(node=node, score=confidence)
