"""What a user would get otherwise: LlamaIndex + Chroma with defaults, over the same articles."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import FootnoteError
from qa.records import Answer, Article, Citation, Hit
from vectorstore.embedding import packaged_folder

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.llms import LLM
    from llama_index.core.schema import NodeWithScore

NAME = "LlamaIndex + Chroma"
_SHOWN = 2  # passages that LlamaIndex's query engine takes by default
_TOP = 10  # for the ranking's figures


class Baseline:
    """A callable to evaluate: default chunks, default index, the same embedding model.

    With a language model it is LlamaIndex's default query engine. Without one its answer is what
    its retriever hands over: the two nearest chunks. It cannot refuse, so it always answers.
    """

    def __init__(self, articles: Iterable[Article], folder: Path, llm: LLM | None = None) -> None:
        """Index `articles` into Chroma in `folder`.

        Raises:
            FootnoteError: LlamaIndex's own Chroma store or embedding package is not installed.
        """
        self._articles = {article.id: article for article in articles}
        self._index = _index(self._articles.values(), folder)
        self._llm = llm

    def __call__(self, question: str, **ignored: Any) -> Answer:
        """Answer with the nearest chunks; history and filters are not part of the defaults."""
        nodes = self._index.as_retriever(similarity_top_k=_TOP).retrieve(question)
        hits = tuple(self._hit(node) for node in nodes)
        shown = hits[:_SHOWN]
        return Answer(
            question=question,
            text=self._said(question) if self._llm else "\n\n".join(hit.text for hit in shown),
            short="",
            answered=bool(shown),
            confidence=max(0.0, min(1.0, shown[0].score)) if shown else 0.0,
            citations=tuple(_citation(number, hit) for number, hit in enumerate(shown, start=1)),
            nearest=hits,
        )

    def _said(self, question: str) -> str:
        return str(self._index.as_query_engine(llm=self._llm).query(question))

    def _hit(self, found: NodeWithScore) -> Hit:
        article = self._articles[found.node.metadata["article_id"]]
        text = found.node.get_content()
        # LlamaIndex's own offsets are wrong where text repeats.
        start = max(article.text.find(text), 0)
        return Hit(
            article_id=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            url=article.url,
            text=text,
            score=float(found.score or 0.0),
            start=start,
            end=start + len(text),
        )


def _index(articles: Iterable[Article], folder: Path) -> VectorStoreIndex:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        import chromadb
        from chromadb.config import Settings
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.vector_stores.chroma import ChromaVectorStore
        from transformers.utils import logging
    except ImportError as error:
        raise FootnoteError(
            f"The baseline needs {error.name}: install it with pip install 'footnote-qa[baseline]'."
        ) from None

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    store = ChromaVectorStore(chroma_collection=client.get_or_create_collection("baseline"))
    documents = [
        Document(
            text=article.text,
            metadata={"article_id": article.id},
            excluded_embed_metadata_keys=["article_id"],
        )
        for article in articles
    ]
    return VectorStoreIndex.from_documents(
        documents,
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=HuggingFaceEmbedding(model_name=str(packaged_folder()), device="cpu"),
        show_progress=False,
    )


def _citation(number: int, hit: Hit) -> Citation:
    return Citation(
        number=number,
        article_id=hit.article_id,
        title=hit.title,
        outlet=hit.outlet,
        published=hit.published,
        url=hit.url,
        quote=hit.text,
        start=hit.start,
        end=hit.end,
    )
