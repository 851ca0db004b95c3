"""What a language model's first sentence costs over the bare server: `python -m tests.bench.llm`.

A scripted server says the article's own words, a word every `PACE` seconds, as a model of some 50
words a second does. Milliseconds until the first sentence is whole: from the server itself, asked
with the same prompt by OpenAI's client, and from Footnote, which finds and reads before and checks
after; medians, each question asked in both ways in turn.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import openai

from qa import Assistant, Config
from tests.bench.collection import SEEDS
from tests.llm_server import Server, llm_server

QUESTIONS = 20
PACE = 0.02
NEXT = "The rest comes later."


def main() -> None:
    lines = (SEEDS / "gold.jsonl").read_text("utf-8").splitlines()
    asked = [pair["question"] for pair in map(json.loads, lines) if pair["answerable"]]
    quotes: dict[str, str] = {}

    def reply(prompt: str) -> Iterator[str | float]:
        said = next(quote for question, quote in quotes.items() if question in prompt)
        for word in f"{said.rstrip('.')} [1]. {NEXT}".split(" "):
            yield f"{word} "
            yield PACE

    with tempfile.TemporaryDirectory() as folder, llm_server(reply, offers={"it": {}}) as server:
        config = Config(llm="it", llm_url=server.url, llm_context=4096)
        with Assistant.open(folder, config=config) as assistant:
            assistant.ingest(SEEDS)
            for question in asked:
                answer = assistant.ask(question, llm="none")
                if answer.citations and len(quotes) < QUESTIONS:
                    quotes[question] = answer.citations[0].quote
            taken = [_both(assistant, server, question) for question in islice(quotes, QUESTIONS)]
    bare, ours, plain = np.median(np.array(taken), axis=0)
    print(f"{len(taken)} questions, ms: server {bare:.0f}, Footnote {ours:.0f}, ", end="")
    over = np.median([two - one for one, two, _ in taken])
    print(f"over it {over:.0f}; the whole answer without a model {plain:.0f}")


def _both(assistant: Assistant, server: Server, question: str) -> tuple[float, float, float]:
    ours = _taken(lambda: next(one for one in assistant.stream(question) if one.text))
    body = server.requests[-1]
    bare = _taken(lambda: _first_sentence(server.url, body["messages"]))
    return bare, ours, _taken(lambda: assistant.ask(question, llm="none"))


def _first_sentence(url: str, messages: Any) -> None:
    said = ""
    client = openai.OpenAI(base_url=url, api_key="none", max_retries=0)
    with client.chat.completions.create(model="it", messages=messages, stream=True) as pieces:
        for piece in pieces:
            said += piece.choices[0].delta.content or ""
            if "[1]." in said:
                return


def _taken(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
