"""The seam between finding passages and answering from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.reader.confidence import Confidence
from vectorstore.passage import Passage


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a passage that may answer: `passage.text[start:end]`."""

    start: int
    end: int
    probability: float  # that it answers the question, 0 to 1
    share: float = 1.0  # of the weight of all spans in its passage, where the reader weighs them
    seconded: float = 0.0  # the chance that a second network gives to words that it overlaps


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one passage."""

    score: float  # log-odds that the passage answers; compares over the passages of a question
    spans: tuple[Span, ...]  # best first, apart from each other; empty where there are no words
    # The raw evidence behind the score, where the reader has it; confidence is fitted on it.
    answerable: float = 0.0  # the network's logit that the passage answers
    margin: float = 0.0  # by how much the best span outweighs the null span


class Reader(Protocol):
    """Whatever reads passages for an answer."""

    @property
    def threshold(self) -> float:
        """The probability below which a refusal is the better answer."""
        ...

    @property
    def confidence(self) -> Confidence | None:
        """What a finding's signs are worth with this reader; None: its probabilities stand."""
        ...

    @property
    def short_answers(self) -> bool:
        """Whether spans are short answers; otherwise they are whole sentences."""
        ...

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading for each passage, in the passages' order."""
        ...

    def close(self) -> None:
        """End what it keeps running. Calling it again does nothing."""
        ...
