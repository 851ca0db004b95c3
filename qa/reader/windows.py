"""Question and passage to word pieces; a passage too long for the model, to several windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

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

    def cut(
        self, question: str, passages: Sequence[str], headings: Sequence[str] | None = None
    ) -> list[Window]:
        """All windows of all passages, in order.

        Args:
            question: or a statement.
            passages: what to read.
            headings: what stands above each passage and is read with it, but holds no answer.
        """
        asked = self._shorten(question)
        above = [f"{heading}\n" if heading else "" for heading in headings or [""] * len(passages)]
        texts = [head + passage for head, passage in zip(above, passages, strict=True)]
        encodings = self._cut.encode_batch([(asked, text) for text in texts])
        return [
            _window(number, part, len(above[number]))
            for number, encoding in enumerate(encodings)
            for part in (encoding, *encoding.overflowing)
        ]

    def _shorten(self, question: str) -> str:
        encoding = self._whole.encode(question, add_special_tokens=False)
        if len(encoding.ids) <= QUESTION_PIECES:
            return question
        return question[: encoding.offsets[QUESTION_PIECES - 1][1]]


def _window(number: int, part: Encoding, above: int) -> Window:
    """`above`: the characters before the passage."""
    offsets = [(start - above, end - above) for start, end in part.offsets]
    inside = [
        sequence == 1 and start >= 0
        for sequence, (start, _) in zip(part.sequence_ids, offsets, strict=True)
    ]
    return Window(number, part.ids, part.type_ids, offsets, np.array(inside, bool))
