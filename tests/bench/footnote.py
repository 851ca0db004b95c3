"""Footnote's side of the benchmark."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tests.bench.clock import latencies, save

TOP = 10


def run(scratch: Path) -> None:
    from qa import Assistant
    from qa.retrieval.retriever import HybridRetriever

    questions = json.loads((scratch / "questions.json").read_text("utf-8"))
    figures = {}
    with Assistant.open(scratch / "archive") as assistant:
        assistant._store.embedding.encode(["Loading the model is not part of the rate."])
        started = time.perf_counter()
        assistant.ingest(scratch / "articles")
        taken = time.perf_counter() - started
        figures["passages"] = float(assistant._store.count()[1])
        figures["ingest_rate"] = figures["passages"] / taken
        retriever = HybridRetriever(assistant._store, top_k=TOP)
        figures["retrieve_p50"], figures["retrieve_p95"] = latencies(retriever.retrieve, questions)
        search = lambda question: assistant.search(question, TOP)  # noqa: E731
        figures["search_p50"], figures["search_p95"] = latencies(search, questions)
        figures["ask_p50"], figures["ask_p95"] = latencies(assistant.ask, questions)
    save(scratch, "footnote", figures)


def ask(scratch: Path) -> None:
    from qa.__main__ import app

    app(["ask", "Who was the first director?", "--archive", str(scratch / "archive")])


if __name__ == "__main__":
    {"run": run, "ask": ask}[sys.argv[1]](Path(sys.argv[2]))
