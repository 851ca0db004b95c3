"""The language model, where somebody has set one: any OpenAI-compatible server, as LlamaIndex's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.config import Config
from qa.errors import SettingError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_PATIENCE = 60.0  # seconds for one reply
_RETRIES = 2


def open_llm(config: Config) -> LLM:
    """The model that the settings name. Nothing is asked of it yet.

    Raises:
        SettingError: no model is set.
    """
    if not config.llm:
        raise SettingError(
            "No language model is set: give FOOTNOTE_LLM its name, and FOOTNOTE_LLM_URL its server."
        )
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=config.llm,
        api_base=config.llm_url,
        api_key=config.llm_key or "none",  # a local server asks for none, the client wants one
        is_chat_model=True,
        temperature=0.0,
        timeout=_PATIENCE,
        max_retries=_RETRIES,
    )
