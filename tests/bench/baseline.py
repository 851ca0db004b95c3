"""LlamaIndex + Chroma with defaults, over the same passages and model."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.clock import latencies, save
from vectorstore.embedding import packaged_folder

os.environ.setdefault("HF_HUB_OFFLINE", "1")
TOP = 10


def index(scratch: Path) -> tuple[Any, Any]:
    import chromadb
    from chromadb.config import Settings
    from llama_index.core import VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(
        str(scratch / "baseline"), Settings(anonymized_telemetry=False)
    )
    collection = client.get_or_create_collection("articles")
    embedding = HuggingFaceEmbedding(model_name=str(packaged_folder()), device="cpu")
    vectors = ChromaVectorStore(chroma_collection=collection)
    return VectorStoreIndex.from_vector_store(vectors, embed_model=embedding), collection


def run(scratch: Path) -> None:
    from qa.articles import find_files, read_article
    from qa.articles.passages import passages
    from qa.llamaindex import node
    from vectorstore.embedding import Embedding

    questions = json.loads((scratch / "questions.json").read_text("utf-8"))
    folder, counts = scratch / "articles", Embedding.open().piece_counts
    files = [path for path in find_files(folder) if isinstance(path, Path)]
    made, _ = index(scratch)
    made._embed_model.get_text_embedding("Loading the model is not part of the rate.")
    started = time.perf_counter()
    articles = [read_article(file, root=folder) for file in files]
    nodes = [node(one) for article in articles for one in passages(article, counts)]
    for made_node in nodes:
        del made_node.metadata["sentences"]  # ChromaVectorStore takes flat metadata only
    made.insert_nodes(nodes)
    taken = time.perf_counter() - started
    figures = {"passages": float(len(nodes)), "ingest_rate": len(nodes) / taken}
    retriever = made.as_retriever(similarity_top_k=TOP)
    figures["retrieve_p50"], figures["retrieve_p95"] = latencies(retriever.retrieve, questions)
    save(scratch, "baseline", figures)


def ask(scratch: Path) -> None:
    made, _ = index(scratch)
    for hit in made.as_retriever(similarity_top_k=TOP).retrieve("Who was the first director?"):
        print(hit.node.get_content()[:80])


if __name__ == "__main__":
    {"run": run, "ask": ask}[sys.argv[1]](Path(sys.argv[2]))
