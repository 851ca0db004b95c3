"""What a user would get otherwise: LlamaIndex + Chroma with defaults, over the same articles."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from qa.errors import FootnoteError
from qa.records import Article, Citation, Hit
from vectorstore.embedding import PACKAGED, packaged_folder

if TYPE_CHECKING:
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.llms import LLM
    from llama_index.core.schema import NodeWithScore

NAME = "LlamaIndex + Chroma"
_SHOWN = 2  # passages that LlamaIndex's query engine takes by default
_TOP = 10  # for the ranking's figures


@dataclass(frozen=True, slots=True)
class Said:
    """The baseline's answer."""

    text: str
    answered: bool
    confidence: float
    citations: tuple[Citation, ...]
    nearest: tuple[Hit, ...]


class Baseline:
    """A callable to evaluate: default chunks, default index, the same embedding model.

    With a language model it is LlamaIndex's default query engine. Without one its answer is what
    its retriever hands over: the two nearest chunks. It gives no short answers, and it cannot
    refuse. History and filters are not part of the defaults.
    """

    settings = MappingProxyType(
        {
            "chunk_size": 1024,
            "chunk_overlap": 200,
            "similarity_top_k": _SHOWN,
            "embedding": PACKAGED,
        }
    )

    def __init__(self, articles: Iterable[Article], folder: Path, llm: LLM | None = None) -> None:
        """Index `articles` into Chroma in `folder`; see `check_installed`."""
        self._articles = {article.id: article for article in articles}
        self._index = _index(self._articles.values(), folder)
        self._llm = llm

    def __call__(self, question: str) -> Said:
        """What LlamaIndex says to the question, and the chunks that it says it from."""
        nodes = self._index.as_retriever(similarity_top_k=_TOP).retrieve(question)
        hits = tuple(self._hit(node) for node in nodes)
        shown = hits[:_SHOWN]
        return Said(
            text=self._said(question) if self._llm else "\n\n".join(hit.text for hit in shown),
            answered=bool(shown),
            confidence=shown[0].score if shown else 0.0,
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


def check_installed() -> None:
    """Raises `FootnoteError` where LlamaIndex's own Chroma store or embedding is not installed."""
    for package in ("llama_index.embeddings.huggingface", "llama_index.vector_stores.chroma"):
        try:
            missing = find_spec(package) is None
        except ModuleNotFoundError:
            missing = True
        if missing:
            raise FootnoteError(
                f"The baseline needs {package}: pip install 'footnote-qa[baseline]'."
            )


def _document(article: Article) -> Document:
    """As a user would hand it over: what the file says of itself is embedded with the text."""
    from llama_index.core import Document

    known = {"title": article.title, "outlet": article.outlet}
    known["published"] = article.published.isoformat() if article.published else ""
    metadata = {name: value for name, value in known.items() if value}
    return Document(
        text=article.text,
        metadata={**metadata, "article_id": article.id},
        excluded_embed_metadata_keys=["article_id"],
        excluded_llm_metadata_keys=["article_id"],
    )


def _index(articles: Iterable[Article], folder: Path) -> VectorStoreIndex:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import chromadb
    from chromadb.config import Settings
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    store = ChromaVectorStore(chroma_collection=client.get_or_create_collection("baseline"))
    documents = [_document(article) for article in articles]
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
