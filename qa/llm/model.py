"""One language model at one server: what it can read, and what it writes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.config import Config
from qa.errors import LanguageModelError
from qa.llm.generation import Generation
from qa.llm.offers import context_window
from qa.llm.opening import LONGEST
from qa.llm.prompts import Passage, ask, show
from vectorstore.once import once

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage

_ASCII = 3.0  # characters a token; English has over four with any tokenizer in use
_FRAME = 8  # tokens that a server puts around a message
_MARGIN = 1.1  # over what was measured


class LanguageModel:
    """Answers from passages. Many threads may use it at once."""

    def __init__(self, config: Config, name: str) -> None:
        self._config = replace(config, llm=name)
        self._scale = 1.0  # tokens as the server counts over tokens as we do

    @once
    def window(self) -> int:
        """Tokens that it can read and write together."""
        return context_window(self._config)

    @property
    def _longest(self) -> int:
        return min(LONGEST, self.window // 4)

    def fitting(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        """The first passages that its window holds beside the rules and a reply, one at least.

        Raises:
            LanguageModelError: not even one fits, or the server is not there.
        """
        room = self.window - self._longest - self._count(ask(question, ()))
        fitting: list[Passage] = []
        for passage in passages:
            room -= self._tokens(show(passage))
            if room < 0:
                break
            fitting.append(passage)
        if not fitting:
            raise LanguageModelError(
                f"The language model reads {self.window:,} tokens at once, too few for a passage: "
                "choose another, or correct FOOTNOTE_LLM_CONTEXT."
            )
        return fitting

    def generation(self, question: str, passages: Sequence[Passage]) -> Generation:
        """An answer to be written; nothing is sent before it is read."""
        return Generation(self._config, ask(question, passages), self._longest)

    def learn(self, done: Generation) -> None:
        """Measure from now on by what the server counted, where it does."""
        if told := done.usage.get("prompt_tokens"):
            counted = self._count(done.messages) / self._scale
            self._scale = min(max(_MARGIN * told / counted, 0.3), 3.0)

    def _count(self, messages: Sequence[ChatMessage]) -> float:
        return sum(self._tokens(str(message.content)) + _FRAME for message in messages)

    def _tokens(self, text: str) -> int:
        """An estimate from above."""
        plain = sum(map(str.isascii, text))
        return math.ceil((plain / _ASCII + len(text) - plain) * self._scale)
