"""The client of a language model, against a server that misbehaves in every way we know of."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import traceback
from dataclasses import replace
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage

from qa.config import Config
from qa.errors import LanguageModelError, SettingError
from qa.llm.generation import Generation
from qa.llm.offers import context_window, models
from qa.llm.opening import open_llm
from tests.llm_server import Raw, Reply, Server, Status, llm_server

KEY = "s3cret-key"
ASKED = [ChatMessage(role="user", content="Who opened the bridge?")]


def config(server: Server, **changes: Any) -> Config:
    quick = {"llm_first": 1.5, "llm_between": 0.3, "llm_total": 2.0}
    return Config(llm="scripted", llm_url=server.url, llm_key=KEY, **{**quick, **changes})


def heard(reply: Reply, **changes: Any) -> tuple[str, Server, Generation]:
    with llm_server(reply) as server:
        generation = Generation(config(server, **changes), ASKED)
        return "".join(generation.pieces()), server, generation


def failing(reply: Reply, **changes: Any) -> LanguageModelError:
    """What is raised, which is one line without the key, whichever way it is looked at."""
    with llm_server(reply) as server, pytest.raises(LanguageModelError) as raised:
        list(Generation(config(server, **changes), ASKED).pieces())
    told = "".join(traceback.format_exception(raised.value))
    assert "\n" not in str(raised.value)
    assert KEY not in told + repr(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    return raised.value


def test_a_reply_comes_in_pieces_and_its_cost_is_kept() -> None:
    said, server, generation = heard(lambda _: "The mayor opened it.")
    assert said == "The mayor opened it."
    assert generation.usage == {"prompt_tokens": 21, "completion_tokens": 7}
    assert server.requests[0]["key"] == f"Bearer {KEY}"
    assert server.requests[0]["stream"] is True
    assert server.requests[0]["max_tokens"] > 0


def test_a_server_that_is_busy_is_waited_for_as_it_asks() -> None:
    replies: list[Any] = [Status(429, {"Retry-After": "0.6"}), 503, "Done."]
    started = time.monotonic()
    said, server, _ = heard(lambda _: replies.pop(0), llm_first=5.0)
    assert said == "Done."
    assert len(server.requests) == 3
    assert time.monotonic() - started >= 0.6 + 0.5


@pytest.mark.parametrize(
    ("reply", "asked", "says", "again"),
    [
        (Status(401, message=f"Incorrect API key: {KEY}"), 1, "FOOTNOTE_LLM_KEY", False),
        (Status(404, message="model not found"), 1, "FOOTNOTE_LLM, or", False),
        (Status(429, {"Retry-After": "60"}), 1, "try again in 60 s", True),
        (Status(500, message=f"on fire {KEY}"), 4, "(“on fire …”)", True),
        (Status(302, {"Location": "http://127.0.0.1:9/v1"}), 1, "FOOTNOTE_LLM_URL", False),
        (Status(400, message="maximum context length is 512"), 1, "FOOTNOTE_LLM_CONTEXT", False),
    ],
    ids=["key", "model", "busy", "broken", "elsewhere", "too-long"],
)
def test_a_refusal_names_the_setting_and_whether_to_try_again(
    reply: Status, asked: int, says: str, again: bool
) -> None:
    times = []
    error = failing(lambda _: times.append(1) or reply, llm_first=5.0, llm_total=9.0)
    assert says in str(error)
    assert error.again is again
    assert len(times) == asked
    assert error.too_long == ("CONTEXT" in says)


@pytest.mark.parametrize(
    ("script", "says", "within"),
    [
        ([9.0], "FOOTNOTE_LLM_FIRST", 0.5),
        ([Raw(b": still here\n\n")] * 3 + [9.0], "FOOTNOTE_LLM_FIRST", 0.5),
        (["The mayor ", 9.0, "opened it."], "FOOTNOTE_LLM_BETWEEN", 0.3),
        (["on and ", 0.1] * 200, "FOOTNOTE_LLM_TOTAL", 1.0),
        ([Raw(b"data: {not json}\n\n")], "FOOTNOTE_LLM_URL", 0.5),
        ([Raw(b"data: [1, 2]\n\n")], "FOOTNOTE_LLM_URL", 0.5),
        ([Raw(b"\xff\xfe\x00 garbage" * 99)], "FOOTNOTE_LLM_URL", 0.5),
        ([Raw(b'data: {"error": {"message": "out of memory"}}\n\n')], "out of memory", 0.5),
        ([], "empty", 0.5),
    ],
    ids="late pings stall endless json list bytes error empty".split(),
)
def test_every_deadline_holds_and_every_nonsense_is_one_line(
    script: list[Any], says: str, within: float
) -> None:
    started = time.monotonic()
    error = failing(lambda _: script, llm_first=0.5, llm_between=0.3, llm_total=1.0)
    assert says in str(error)
    assert time.monotonic() - started < within + 1.5  # a busy machine may be late, not the clock


def test_a_server_that_is_not_there() -> None:
    with llm_server(lambda _: "") as server:
        pass
    with pytest.raises(LanguageModelError, match="No language model's server answers") as raised:
        list(Generation(config(server), ASKED).pieces())
    assert raised.value.again


def test_who_writes_too_much_is_stopped() -> None:
    said, server, _ = heard(lambda _: ("word " * 100 for _ in range(10_000)), llm_total=30.0)
    assert 10_000 < len(said) < 20_000
    assert server.hung_up.wait(2)


def test_closing_the_reply_ends_the_generation() -> None:
    with llm_server(lambda _: ["The ", "mayor ", 30.0]) as server:
        pieces = Generation(config(server, llm_between=60.0, llm_total=60.0), ASKED).pieces()
        assert next(filter(None, pieces)) == "The "
        pieces.close()
        assert server.hung_up.wait(2)


def test_who_listens_is_asked_while_nothing_is_said_and_may_leave_before_the_first_word() -> None:
    with llm_server(lambda _: [30.0]) as server:
        pieces = Generation(config(server, llm_first=60.0, llm_total=60.0), ASKED).pieces()
        assert next(pieces) == ""
        while not server.requests:
            next(pieces)
        pieces.close()
        assert server.hung_up.wait(2)


def test_the_key_is_in_no_object_that_may_be_shown() -> None:
    settings = Config(llm="scripted", llm_key=KEY)
    llm = open_llm(settings)
    assert KEY not in f"{settings!r} {llm!r} {llm.to_dict()} {llm.to_json()}"


def test_the_password_of_an_address_is_not_shown() -> None:
    settings = Config(llm="x", llm_url="http://me:pass@127.0.0.1:9/v1", llm_first=0.2)
    with pytest.raises(LanguageModelError) as raised:
        models(settings)
    assert "pass" not in str(raised.value)


def test_what_a_server_offers() -> None:
    with llm_server(lambda _: "", offers={"b": {}, "a": {}}) as server:
        assert models(config(server)) == ["a", "b"]
    with llm_server(lambda _: "") as server, pytest.raises(LanguageModelError, match="_URL"):
        models(config(server))


@pytest.mark.parametrize(
    ("offers", "ollama", "window"),
    [
        ({"scripted": {"max_model_len": 8192}}, {}, 8192),
        ({"scripted": {}}, {"/props": {"default_generation_settings": {"n_ctx": 2048}}}, 2048),
        (
            {"scripted": {}},
            {"/api/ps": {"models": [{"name": "scripted", "context_length": 16384}]}},
            16384,
        ),
        (
            {"scripted": {}},
            {"/api/show": {"parameters": "stop  x\nnum_ctx                  6000"}},
            6000,
        ),
        ({"another": {"max_model_len": 8192}}, {"/api/ps": {"models": 7}}, 4096),
    ],
    ids=["vllm", "llama.cpp", "ollama", "ollama-file", "untold"],
)
def test_the_context_window_is_asked_for(
    offers: dict[str, Any], ollama: dict[str, Any], window: int
) -> None:
    with llm_server(lambda _: "", offers=offers, ollama=ollama) as server:
        assert context_window(config(server)) == window
        assert context_window(replace(config(server), llm_context=1000)) == 1000


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999/v1", "http://[::1/v1", "http:///v1"])
def test_an_address_that_is_none_is_named(url: str) -> None:
    for name in ("FOOTNOTE_LLM_URL", "FOOTNOTE_CHROMA_URL"):
        with pytest.raises(SettingError, match=name):
            Config.from_environment({name: url})


def test_a_window_that_cannot_be_asked_for_is_one_line() -> None:
    with pytest.raises(LanguageModelError, match="FOOTNOTE_LLM_URL"):
        context_window(Config(llm="scripted", llm_url="http://127.0.0.1/\x00"))


def test_who_is_asked_briefly_is_said_to_be_silent_for_as_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/v1"
        with pytest.raises(LanguageModelError, match="said nothing for 5 s:"):
            models(Config(llm_url=url))
        with pytest.raises(LanguageModelError, match=r"for 0\.2 s \(FOOTNOTE_LLM_FIRST\)"):
            context_window(Config(llm_url=url, llm_first=0.2))


@pytest.mark.parametrize("name", ["FOOTNOTE_LLM_CONTEXT", "FOOTNOTE_LLM_FIRST"])
@pytest.mark.parametrize("value", ["many", "0", "-3"])
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        Config.from_environment({name: value})


def test_without_a_model_nothing_of_it_is_imported(seeds_archive: Any) -> None:
    program = (
        "import sys; from qa import Assistant\n"
        "with Assistant.open(sys.argv[1], read_only=True) as assistant:\n"
        "    assert assistant.ask('Who met Lavrov in Moscow?').answered\n"
        "names = ('qa.llm', 'openai', 'llama_index.llms.')\n"
        "print([name for name in sys.modules if name.startswith(names)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(seeds_archive)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
