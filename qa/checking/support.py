"""How likely a passage carries a statement: the seam for a model, and what the box holds today."""

from __future__ import annotations

import json
import logging
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from qa.checking.coverage import coverage
from qa.checking.facts import facts_of
from qa.errors import ReaderUnavailable
from qa.reader.span_reader import SpanReader
from vectorstore.embedding import Embedding

_LOG = logging.getLogger(__name__)
WEIGHTS = Path(__file__).with_name("support.json")


class Stance(NamedTuple):
    """What a passage does to a statement: three probabilities that sum to 1."""

    supports: float
    contradicts: float
    silent: float


class Support(Protocol):
    """Whatever judges a statement beside a passage."""

    def __call__(self, statement: str, passage: str) -> Stance: ...


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression, fitted by `python -m qa.training.support` on others' pairs."""

    coverage: float  # of the share of words in common, 0 to 1
    likeness: float  # of the cosine of the two embeddings
    answerable: float  # of the reader's logit that the passage answers the statement
    bias: float

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Weights:
        return cls(**{name: float(value) for name, value in json.loads(path.read_text()).items()})

    def probability(self, coverage: float, likeness: float, answerable: float) -> float:
        """That the passage carries the statement."""
        logit = (
            self.coverage * coverage
            + self.likeness * likeness
            + self.answerable * answerable
            + self.bias
        )
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


class PackagedSupport:
    """Words in common, likeness of meaning and the reader's answerability, weighed together.

    It tells what is said from what is not; what is denied it leaves to the exact rules. Loads its
    models at the first statement; many threads may use it.
    """

    def __init__(
        self,
        embedding: Callable[[], Embedding] = Embedding.open,
        reader: Callable[[], SpanReader] = SpanReader,
    ) -> None:
        """`embedding`, `reader`: give those that are loaded already, and none is loaded twice."""
        self._open_embedding, self._open_reader = embedding, reader
        self._lock = threading.Lock()

    def __call__(self, statement: str, passage: str) -> Stance:
        likelihood = self._loaded[2].probability(*self.evidence(statement, passage))
        return Stance(likelihood, 0.0, 1 - likelihood)

    def evidence(self, statement: str, passage: str) -> tuple[float, float, float]:
        """Coverage, likeness and answerability: what `Weights` weighs."""
        embedding, reader, _ = self._loaded
        one, other = embedding.encode([statement, passage])
        said = coverage(facts_of(statement), [facts_of(passage)])
        answerable = reader.read_texts(statement, [passage])[0].answerable if reader else 0.0
        return said, float(one @ other), answerable

    @cached_property
    def _loaded(self) -> tuple[Embedding, SpanReader | None, Weights]:
        with self._lock:
            return self._open_embedding(), _ready(self._open_reader()), Weights.load()


def _ready(reader: SpanReader) -> SpanReader | None:
    """The reader, loaded; None where it does not load: the other two signs do without it."""
    try:
        reader.warm_up()
    except ReaderUnavailable as error:
        _LOG.warning("%s; checking without it", error)
        return None
    return reader
