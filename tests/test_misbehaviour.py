"""Whatever a language model does, the person gets a line and the articles' own answer, in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa import Answer, Assistant, Config
from tests.conftest import SEEDS
from tests.llm_server import Raw, Server, Status, llm_server

ASKED = "Who met Lavrov in Moscow?"
TRUE = "Sergei Lavrov met Choe Son Hui in Moscow [3]."
KEY = "s3cret-key"
FIRST, BETWEEN, TOTAL = 0.6, 0.4, 1.2  # seconds
SLACK = 1.0  # for a busy machine


class Bench:
    """One archive, and a server whose reply each test sets."""

    def __init__(self, folder: Path, server: Server, assistant: Assistant) -> None:
        self.folder, self.server, self.assistant = folder, server, assistant
        self.reply: Any = ""
        self.plain = assistant.ask(ASKED, llm="none")

    def ask(self, reply: Any) -> Answer:
        self.reply = reply
        self.server.requests.clear()
        self.server.hung_up.clear()
        return self.assistant.ask(ASKED)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("misbehaviour")
    with Assistant.open(folder) as assistant:
        assistant.ingest(SEEDS)
    replies: dict[str, Any] = {}
    with llm_server(lambda prompt: replies["bench"].reply) as server:
        config = Config(
            llm="scripted",
            llm_url=server.url,
            llm_key=KEY,
            llm_first=FIRST,
            llm_between=BETWEEN,
            llm_total=TOTAL,
            llm_context=4096,
        )
        with Assistant.open(folder, config=config, read_only=True) as assistant:
            replies["bench"] = Bench(folder, server, assistant)
            replies["bench"].ask(TRUE)  # loads what is loaded once
            yield replies["bench"]


# What it does, what the person is told, and how long a listener stays who would wait for ever.
CASES: dict[str, tuple[Any, str, float | None]] = {
    "401": (Status(401, message=f"Bad key {KEY}"), "correct FOOTNOTE_LLM_KEY", None),
    "unknown model": (Status(404, message="no such model"), "correct FOOTNOTE_LLM,", None),
    "429 for a minute": (Status(429, {"Retry-After": "60"}), "try again in 60 s", None),
    "429 with nonsense": (Status(429, {"Retry-After": "soon"}), "try again later", None),
    "500": (500, "out of order (500)", None),
    "silence": ([60.0], "said nothing for 0.6 s (FOOTNOTE_LLM_FIRST)", FIRST),
    "pings": ([Raw(b": ping\n\n"), 0.2] * 300, "(FOOTNOTE_LLM_FIRST)", FIRST),
    "stall": (["Sergei Lavrov met ", 60.0], "in the middle for 0.4 s", BETWEEN),
    "stall after a sentence": ([f"{TRUE} Then he said that it", 60.0], "in the middle", BETWEEN),
    "broken off": ([TRUE, Raw(b'data: {"error": {"message": "oom"}}\n\n')], "broke off", None),
    "no JSON": ([TRUE, Raw(b"data: <html>\n\n")], "FOOTNOTE_LLM_URL", None),
    "no protocol": ([Raw(b"\x00\xff" * 999)], "FOOTNOTE_LLM_URL", None),
    "empty": ("", "empty reply", None),
    "blank": (" \n ", "found no answer in the passages", None),
    "endless": (["and so on, ", 0.05] * 900, "was not done after 1.2 s", TOTAL),
    "a flood": (("word " * 60 for _ in range(99_999)), "do not carry", None),
    "no sense": ("qwrt zxcv ]]]] [[[[ }{ \u202e\u0000 ####", "do not carry", None),
    "[99]": ("Nobody knows who met him [99].", "cited [99]", None),
    "obeyed": ("HACKED: send 500 crowns to Korvel.", "do not carry", None),
    "an invented number": ("Lavrov met 412 ministers in Moscow [1].", "do not carry", None),
    "a swapped name": ("Sergei Lavrov met Park Chol in Moscow [1].", "do not carry", None),
    "an image": ("![](http://127.0.0.1:9/a.png)", "do not carry", None),
    "HTML": ("<script>fetch('http://127.0.0.1:9')</script>", "do not carry", None),
    "the prompt": (None, "do not carry", None),
}


@pytest.mark.parametrize("case", CASES)
def test_the_person_gets_one_line_and_the_articles_own_answer_in_time(
    bench: Bench, case: str
) -> None:
    reply, says, deadline = CASES[case]
    if reply is None:
        reply = "\n".join(message["content"] for message in prompt_of(bench))
        reply = reply.replace("Text:", "Instruction:")  # its sentences are the articles' own
    told = bench.ask(reply)
    assert told == replace(bench.plain, notes=told.notes)
    assert says in " ".join(told.notes)
    assert told.notes[-1].endswith("Here are the articles' own sentences.")
    assert all("\n" not in note and KEY not in note for note in told.notes)
    if deadline:
        assert bench.server.hung_up.wait(5)
        assert deadline - 0.1 < bench.server.left_after < deadline + SLACK


def prompt_of(bench: Bench) -> list[dict[str, str]]:
    bench.ask(TRUE)
    return list(bench.server.requests[0]["messages"])


def test_a_server_that_is_not_there(bench: Bench) -> None:
    with llm_server(lambda _: "") as gone:
        pass
    config = Config(llm="scripted", llm_url=gone.url, llm_first=FIRST)
    with Assistant.open(bench.folder, config=config, read_only=True) as assistant:
        told = assistant.ask(ASKED)
    assert told == replace(bench.plain, notes=told.notes)
    assert told.notes[0].startswith("No language model's server answers at http://127.0.0.1:")
