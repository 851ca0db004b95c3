"""What the way over HTTP costs beside asking directly: `python -m tests.bench.serving`.

The same questions of the seeds' gold pairs, each asked in every way in turn, so that whatever else
the machine does falls on all ways alike. Medians in milliseconds.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openai

import ui
from qa import Assistant
from tests.conftest import SEEDS

QUESTIONS = 40


def main() -> None:
    lines = (SEEDS / "gold.jsonl").read_text("utf-8").splitlines()
    pairs = (json.loads(line) for line in lines if line.strip())
    questions = [pair["question"] for pair in islice(pairs, QUESTIONS)]
    with tempfile.TemporaryDirectory() as folder, Assistant.open(folder) as assistant:
        assistant.ingest(SEEDS)
        server = ui.launch(assistant, uploads=Path(folder) / "uploads")
        ways = _ways(assistant, server.url)
        for ask in ways.values():
            ask(questions[0])  # loads, connects
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for question in questions:
            assistant.ask(question)  # what is remembered of a question helps all ways alike
            for name, ask in ways.items():
                taken[name].append(_taken(ask, question))
        server.close()
    direct = np.array(taken["ask, directly"])
    for name, times in taken.items():
        over = np.median(np.array(times) - direct)
        print(f"{name:<34}{np.median(times):8.1f}   over direct, a question: {over:+.1f}")


def _ways(assistant: Assistant, url: str) -> dict[str, Callable[[str], object]]:
    chat = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
    plain = httpx.Client(base_url=url, timeout=60)

    def completed(question: str, **how: Any) -> Any:
        said: Any = [{"role": "user", "content": question}]
        return chat.chat.completions.create(model="footnote", messages=said, **how)

    def first_words(question: str) -> None:
        with completed(question, stream=True) as pieces:
            next(piece for piece in pieces if piece.choices[0].delta.content)

    return {
        "ask, directly": assistant.ask,
        "/api/ask": lambda q: plain.post("/api/ask", json={"question": q}).json(),
        "/v1/chat/completions": completed,
        "/v1/chat/completions, streamed": lambda q: list(completed(q, stream=True)),
        "the same, until its first words": first_words,
    }


def _taken(ask: Callable[[str], object], question: str) -> float:
    started = time.perf_counter()
    ask(question)
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
