"""LlamaIndex + Chroma with defaults, over the same passages and model."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from tests.bench.asked import questions
from tests.bench.clock import latencies, save, spending
from vectorstore.embedding import packaged_folder

os.environ.setdefault("HF_HUB_OFFLINE", "1")
TOP, WITHIN = 10, 5


def index(scratch: Path, name: str = "articles") -> Any:
    import chromadb
    from chromadb.config import Settings
    from llama_index.core import VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(
        str(scratch / "baseline"), Settings(anonymized_telemetry=False)
    )
    collection = client.get_or_create_collection(name)
    embedding = HuggingFaceEmbedding(model_name=str(packaged_folder()), device="cpu")
    vectors = ChromaVectorStore(chroma_collection=collection)
    return VectorStoreIndex.from_vector_store(vectors, embed_model=embedding)


def run(scratch: Path) -> None:
    """The same passages as Footnote's."""
    from qa.articles import find_files, read_article
    from qa.articles.passages import passages
    from qa.llamaindex import node
    from vectorstore.embedding import Embedding

    folder, counts = scratch / "articles", Embedding.open().piece_counts
    files = [path for path in find_files(folder) if isinstance(path, Path)]
    made = index(scratch)
    made._embed_model.get_text_embedding("Loading the model is not part of the rate.")
    with spending() as spent:
        read = (read_article(file, root=folder) for file in files)
        nodes = [node(one) for article in read for one in passages(article, counts)]
        for one in nodes:
            del one.metadata["sentences"]  # ChromaVectorStore takes flat metadata only
        made.insert_nodes(nodes)
    figures = {
        "passages": float(len(nodes)),
        "articles": float(len(files)),
        "ingest_rate": len(nodes) / spent.wall,
        "ingest_work": 1000 * spent.processors / len(nodes),
    }
    save(scratch, "baseline", figures)
    asked = questions(scratch)
    within = made.as_retriever(similarity_top_k=WITHIN)
    found = [
        any(
            hit.node.metadata["article_id"] == one.file and one.answer in hit.node.get_content()
            for hit in within.retrieve(one.question)
        )
        for one in asked
    ]
    retriever = made.as_retriever(similarity_top_k=TOP)
    p50, p95 = latencies(retriever.retrieve, [one.question for one in asked])
    hit = sum(found) / len(found)
    save(scratch, "baseline", {"hit": hit, "retrieve_p50": p50, "retrieve_p95": p95})


def articles(scratch: Path) -> None:
    """The same files as it would take them by itself: long chunks, of which it reads a part."""
    from llama_index.core import Document
    from llama_index.core.node_parser import SentenceSplitter

    made = index(scratch, "whole")
    made._embed_model.get_text_embedding("Loading the model is not part of the rate.")
    files = [path for path in (scratch / "articles").rglob("*") if path.is_file()]
    with spending() as spent:
        documents = [Document(text=path.read_text("utf-8")) for path in files]
        made.insert_nodes(SentenceSplitter().get_nodes_from_documents(documents))
    rate, work = len(files) / spent.wall, 1000 * spent.processors / len(files)
    save(scratch, "baseline", {"articles_rate": rate, "articles_work": work})


def ask(scratch: Path) -> None:
    retriever = index(scratch).as_retriever(similarity_top_k=TOP)
    for hit in retriever.retrieve(questions(scratch)[0].question):
        print(hit.node.get_content()[:80])


if __name__ == "__main__":
    {"run": run, "articles": articles, "ask": ask}[sys.argv[1]](Path(sys.argv[2]))
