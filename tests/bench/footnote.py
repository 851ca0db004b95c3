"""Footnote's side of the benchmark."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.asked import questions
from tests.bench.clock import at_once, latencies, save, spending
from tests.bench.invented import Planted

TOP, WITHIN = 10, 5
EIGHT = 8
WAYS = 5  # of asking: a question is asked in one only, since what was read is remembered


def run(scratch: Path, *, sketched: bool = False) -> None:
    from qa import Assistant
    from tests.bench.sketched import Sketched

    planted = questions(scratch)
    with Assistant.open(scratch / "archive") as assistant:
        if sketched:
            assistant._store.embedding.__class__ = Sketched
        figures = _ingest(assistant, scratch / "articles")
        save(scratch, "footnote", figures)  # its memory is that of ingestion
        figures = _retrieve(assistant, planted) | _ask(assistant, planted)
    save(scratch, "footnote", figures)


def _ingest(assistant: Any, folder: Path) -> dict[str, float]:
    assistant._store.embedding.encode(["Loading the model is not part of the rate."])
    with spending() as spent:
        report = assistant.ingest(folder)
    passages = float(assistant._store.count()[1])
    return {
        "passages": passages,
        "articles": float(len(report.added)),
        "ingest_rate": passages / spent.wall,
        "ingest_work": 1000 * spent.processors / passages,
        "articles_rate": len(report.added) / spent.wall,
        "articles_work": 1000 * spent.processors / len(report.added),
    }


def _retrieve(assistant: Any, planted: list[Planted]) -> dict[str, float]:
    from qa.retrieval.retriever import HybridRetriever

    within = HybridRetriever(assistant._store, top_k=WITHIN)
    found = [
        any(
            hit.passage.article_id == one.file and one.answer in hit.passage.text
            for hit in within.retrieve(one.question)
        )
        for one in planted
    ]
    retriever = HybridRetriever(assistant._store, top_k=TOP)
    p50, p95 = latencies(retriever.retrieve, [one.question for one in planted])
    return {"hit": sum(found) / len(found), "retrieve_p50": p50, "retrieve_p95": p95}


def _ask(assistant: Any, planted: list[Planted]) -> dict[str, float]:
    plain, ranked, crowd, narrow, wide = (planted[way::WAYS] for way in range(WAYS))
    right = []
    p50, p95 = latencies(
        lambda one: right.append(one.answer in assistant.ask(one.question).text), plain
    )
    search = latencies(lambda one: assistant.search(one.question, TOP), ranked)
    rate, slowest = at_once(lambda one: assistant.ask(one.question), crowd, EIGHT)
    figures = {"right": sum(right) / len(right), "ask_p50": p50, "ask_p95": p95}
    figures |= {"search_p50": search[0], "search_p95": search[1]}
    figures |= {"eight_rate": rate, "eight_p95": slowest}
    if planted[0].outlet:
        of_one = latencies(lambda one: assistant.ask(one.question, outlet=one.outlet), narrow)
        since = latencies(lambda one: assistant.ask(one.question, since="2018-01-01"), wide)
        figures |= {"outlet_p50": of_one[0], "since_p50": since[0]}
    return figures


def ask(scratch: Path) -> None:
    from qa.__main__ import app

    app(["ask", questions(scratch)[0].question, "--archive", str(scratch / "archive")])


if __name__ == "__main__":
    commands = {"run": run, "sketched": partial(run, sketched=True), "ask": ask}
    commands[sys.argv[1]](Path(sys.argv[2]))
