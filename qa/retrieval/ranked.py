"""A passage with what ranks it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vectorstore.passage import Passage


class Ranked(NamedTuple):
    """A passage that was found; scores compare over the passages of a question."""

    passage: Passage
    score: float


def unscored(ranked: Sequence[Ranked]) -> list[Passage]:
    """The passages without their scores."""
    return [one.passage for one in ranked]
