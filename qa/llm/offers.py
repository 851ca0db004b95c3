"""What a server says of itself: the models it offers, and how much one of them can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import httpx

from qa.config import Config
from qa.errors import LanguageModelError
from qa.llm.connection import brief_client, brief_patience
from qa.llm.explaining import explain, garbage

_LEAST = 512  # tokens; less than that is told by mistake
_UNTOLD = 4096  # tokens; what Ollama gives a model if nobody asks for more
# What servers call the window in their lists: vLLM, LM Studio, Groq, OpenRouter, llama.cpp.
_WINDOWS = ("max_model_len", "loaded_context_length", "context_window", "context_length", "n_ctx")


def models(config: Config) -> list[str]:
    """The names that `FOOTNOTE_LLM` may take at this server, in order.

    Raises:
        LanguageModelError: the server does not answer, or not as one.
    """
    return sorted(str(one["id"]) for one in _listed(config))


def context_window(config: Config) -> int:
    """Tokens that the model can read and write together: set, or told by the server, or 4,096.

    Raises:
        LanguageModelError: the server is not there, or cannot be asked.
    """
    if config.llm_context:
        return config.llm_context
    try:
        with brief_client(config) as client:
            listed = _items(_json(client.get(_under(config, "models"))), "data")
            told = (one for one in _told(client, config, listed) if isinstance(one, int))
            return next((window for window in told if window >= _LEAST), _UNTOLD)
    except Exception as error:  # whatever the address, the network or the server did
        failure = explain(error, config, brief_patience(config))
    raise failure


def _told(client: httpx.Client, config: Config, listed: list[dict[str, Any]]) -> Iterator[Any]:
    """What the server tells, in each way that one of them has; a refusal tells nothing."""
    model = next((one for one in listed if one.get("id") == config.llm), {})
    yield from (model.get(name) for name in _WINDOWS)
    props = _got(client, "GET", _beside(config, "props"))  # llama.cpp
    yield _at(props, "default_generation_settings", "n_ctx")
    # Ollama gives a model less than it could read, unless it is asked to: what was it given?
    running = _items(_got(client, "GET", _beside(config, "api/ps")), "models")
    yield from (one.get("context_length") for one in running if one.get("name") == config.llm)
    shown = _got(client, "POST", _beside(config, "api/show"), {"model": config.llm})
    if set_by_file := re.search(r"^num_ctx\s+([0-9]+)$", str(_at(shown, "parameters")), re.M):
        yield int(set_by_file[1])


def _listed(config: Config) -> list[dict[str, Any]]:
    try:
        with brief_client(config) as client:
            response = client.get(_under(config, "models")).raise_for_status()
            listed = [one for one in _items(response.json(), "data") if "id" in one]
    except Exception as error:
        failure: LanguageModelError | None = explain(error, config, brief_patience(config))
    else:
        failure = None if listed else garbage(config)
    if failure:  # raised out here, so that it carries nothing of the request
        raise failure
    return listed


def _got(client: httpx.Client, method: str, url: str, body: Any = None) -> Any:
    try:
        return _json(client.request(method, url, json=body))
    except httpx.TransportError:
        return None


def _json(response: httpx.Response) -> Any:
    """What was answered; None where that is an error, or no JSON."""
    try:
        return response.json() if response.is_success else None
    except ValueError:
        return None


def _items(reply: Any, name: str) -> list[dict[str, Any]]:
    """The list under `name`, of what may be anything."""
    found = _at(reply, name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _at(reply: Any, *names: str) -> Any:
    for name in names:
        reply = reply.get(name) if isinstance(reply, dict) else None
    return reply


def _under(config: Config, name: str) -> str:
    return f"{config.llm_url.rstrip('/')}/{name}"


def _beside(config: Config, name: str) -> str:
    """Beside the OpenAI-compatible part of a server, where its own protocol lives."""
    return urljoin(f"{config.llm_url.rstrip('/').removesuffix('/v1')}/", name)
