"""What went wrong with a language model, in one line: what, which setting, and if to try again."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import openai

from qa.config import Config
from qa.errors import LanguageModelError
from qa.llm.connection import retry_after

_SAID = 160  # characters of the server's own words
_TOO_LONG = ("context length", "context window", "context size", "context_length", "too long")


def explain(error: Exception, config: Config, patience: float | None = None) -> LanguageModelError:
    """The error as a person is to read it; it neither holds nor names what was raised.

    Args:
        patience: the seconds that a word was waited for; None: as long as the settings say.
    """
    if isinstance(error, LanguageModelError):
        return error
    if isinstance(error, openai.APIStatusError):
        told = error.body.get("message") if isinstance(error.body, dict) else None
        return _refused(error.response, str(told or ""), config)
    if isinstance(error, httpx.HTTPStatusError):
        return _refused(error.response, "", config)
    at = server(config)
    if any(isinstance(one, httpx.ConnectError | httpx.ConnectTimeout) for one in _chain(error)):
        return LanguageModelError(
            f"No language model's server answers at {at}: start it, or correct FOOTNOTE_LLM_URL; "
            "then try again.",
            again=True,
        )
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return late(config) if patience in (None, config.llm_first) else _deaf(at, patience)
    if isinstance(error, openai.APIError) and type(error) is openai.APIError:  # in mid-stream
        return LanguageModelError(
            f"The language model's server broke off{_words(error.message, config)}: "
            "trying again may help.",
            again=True,
        )
    if isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return LanguageModelError(
            f"The connection to the language model at {at} broke off: trying again may help.",
            again=True,
        )
    return garbage(config)


def late(config: Config) -> LanguageModelError:
    return LanguageModelError(
        f"The language model {config.llm!r} said nothing for {config.llm_first:g} s "
        "(FOOTNOTE_LLM_FIRST): trying again may help.",
        again=True,
    )


def _deaf(at: str, patience: float | None) -> LanguageModelError:
    return LanguageModelError(
        f"The language model's server at {at} said nothing for {patience:g} s: trying again may "
        "help.",
        again=True,
    )


def stalled(config: Config) -> LanguageModelError:
    return LanguageModelError(
        f"The language model {config.llm!r} stopped in the middle for {config.llm_between:g} s "
        "(FOOTNOTE_LLM_BETWEEN): trying again may help.",
        again=True,
    )


def endless(config: Config) -> LanguageModelError:
    return LanguageModelError(
        f"The language model {config.llm!r} was not done after {config.llm_total:g} s "
        "(FOOTNOTE_LLM_TOTAL): trying again helps little, a shorter question or a quicker model "
        "may."
    )


def silent(config: Config) -> LanguageModelError:
    return LanguageModelError(
        f"The language model {config.llm!r} at {server(config)} gave an empty reply: trying again "
        "may help; else look at FOOTNOTE_LLM and FOOTNOTE_LLM_URL (most end in /v1).",
        again=True,
    )


def garbage(config: Config) -> LanguageModelError:
    return LanguageModelError(
        f"What answers at {server(config)} does not speak as a language model's server does: "
        "correct FOOTNOTE_LLM_URL (most end in /v1)."
    )


def server(config: Config) -> str:
    """The server without what may be secret in its address."""
    parts = urlsplit(config.llm_url)
    host = parts.hostname or ""
    return f"{parts.scheme}://{host}:{parts.port}" if parts.port else f"{parts.scheme}://{host}"


def _refused(response: httpx.Response, message: str, config: Config) -> LanguageModelError:
    status = response.status_code
    said = _words(message, config)
    if status in (401, 403):
        return LanguageModelError(
            f"The language model's server refuses the key ({status}): correct FOOTNOTE_LLM_KEY."
        )
    if status == 404:
        return LanguageModelError(
            f"The server at {server(config)} knows no model {config.llm!r} (404): correct "
            "FOOTNOTE_LLM, or FOOTNOTE_LLM_URL (most end in /v1)."
        )
    if status in (400, 413, 422) and any(words in message.lower() for words in _TOO_LONG):
        return LanguageModelError(
            f"The passages do not fit the language model {config.llm!r}{said}: set "
            "FOOTNOTE_LLM_CONTEXT to what it can read.",
            too_long=True,
        )
    if status == 429:
        wait = retry_after(response.headers)
        when = f"in {wait:.0f} s" if wait else "later"
        return LanguageModelError(
            f"The language model's server has too much to do (429): try again {when}.", again=True
        )
    if status >= 500:
        return LanguageModelError(
            f"The language model's server is out of order ({status}){said}: trying again may help.",
            again=True,
        )
    return LanguageModelError(
        f"The language model's server did not take the question ({status}){said}: look at "
        "FOOTNOTE_LLM and FOOTNOTE_LLM_URL."
    )


def _words(message: str, config: Config) -> str:
    """The server's own words on one line, without the key, which some servers repeat."""
    if config.llm_key:
        message = message.replace(config.llm_key, "…")
    line = " ".join(message.split())
    cut = line if len(line) <= _SAID else f"{line[:_SAID]}…"
    return f" (“{cut}”)" if cut else ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
