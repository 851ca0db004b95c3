"""A model as LlamaIndex has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.config import Config
from qa.errors import SettingError

if TYPE_CHECKING:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

LONGEST = 800  # tokens of one reply


def open_llm(
    config: Config, longest: int = LONGEST, client: httpx.AsyncClient | None = None
) -> OpenAILike:
    """The model that the settings name. Nothing is asked of it yet.

    Args:
        config: the settings.
        longest: tokens that a reply may have.
        client: what speaks to the server, for whoever closes it; None: clients that keep no
            connection open, for both kinds of calls.

    Raises:
        SettingError: no model is set.
    """
    if not config.llm:
        raise SettingError(
            "No language model is set: give FOOTNOTE_LLM its name, and FOOTNOTE_LLM_URL its server."
        )
    from llama_index.llms.openai_like import OpenAILike

    from qa.llm.connection import async_client, sync_client

    clients: dict[str, Any] = {"async_http_client": client or async_client(config)}
    if client is None:
        clients["http_client"] = sync_client(config)
    return OpenAILike(
        model=config.llm,
        api_base=config.llm_url,
        api_key="none",  # the clients put in the real one: this object may be printed or logged
        is_chat_model=True,
        temperature=0.0,
        max_tokens=longest,
        max_retries=0,  # the clients try again, so nobody else does
        additional_kwargs={"stream_options": {"include_usage": True}},
        **clients,
    )
