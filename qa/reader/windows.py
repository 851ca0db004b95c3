"""Question and passage to word pieces; a passage too long for the model, to several windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

PIECES = 256  # a window, question and marks included: as long as the network learned
QUESTION_PIECES = 32
STRIDE = 96  # pieces that neighbouring windows share


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of one passage beside the question."""

    passage: int
    ids: Sequence[int]
    types: Sequence[int]
    offsets: list[tuple[int, int]]  # characters of the passage
    inside: NDArray[np.bool_]  # which pieces are the passage's


class Windows:
    """Cuts with a tokenizer of its own, so that nobody else's settings reach it."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._whole = Tokenizer.from_str(tokenizer.to_str())
        self._cut = tokenizer
        self._cut.enable_truncation(PIECES, stride=STRIDE, strategy="only_second")

    def cut(self, question: str, passages: Sequence[str]) -> list[Window]:
        """All windows of all passages, in order."""
        asked = self._shorten(question)
        encodings = self._cut.encode_batch([(asked, passage) for passage in passages])
        return [
            Window(number, part.ids, part.type_ids, part.offsets, _inside(part.sequence_ids))
            for number, encoding in enumerate(encodings)
            for part in (encoding, *encoding.overflowing)
        ]

    def _shorten(self, question: str) -> str:
        encoding = self._whole.encode(question, add_special_tokens=False)
        if len(encoding.ids) <= QUESTION_PIECES:
            return question
        return question[: encoding.offsets[QUESTION_PIECES - 1][1]]


def _inside(sequence: Sequence[int | None]) -> NDArray[np.bool_]:
    return np.array([part == 1 for part in sequence], bool)
