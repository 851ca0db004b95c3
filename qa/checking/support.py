"""How likely a passage carries a statement: the seam for a model, and what the box holds today."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from qa.checking.coverage import coverage
from qa.checking.facts import facts_of
from qa.errors import ReaderUnavailable
from qa.metrics.logistic import logistic
from qa.reader.span_reader import SpanReader
from vectorstore.embedding import Embedding
from vectorstore.vectors import Vectors

_LOG = logging.getLogger(__name__)
_REMEMBERED = 512  # vectors
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
        return logistic(logit)


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
        self._loaded: _Models | None = None
        self._vectors: dict[str, Vectors] = {}

    def __call__(self, statement: str, passage: str) -> Stance:
        likelihood = self._models().weights.probability(*self.evidence(statement, passage))
        return Stance(likelihood, 0.0, 1 - likelihood)

    def evidence(self, statement: str, passage: str) -> tuple[float, float, float]:
        """Coverage, likeness and answerability: what `Weights` weighs."""
        reader = self._models().reader
        one, other = self._vector(statement), self._vector(passage)
        said = coverage(facts_of(statement), [facts_of(passage)])
        answerable = reader.read_texts(statement, [passage])[0].answerable if reader else 0.0
        return said, float(one @ other), answerable

    def _vector(self, text: str) -> Vectors:
        """The text as float32 `[384]`; a passage is asked about more than once."""
        vector = self._vectors.get(text)
        if vector is None:
            if len(self._vectors) >= _REMEMBERED:
                self._vectors.clear()
            vector = self._vectors[text] = self._models().embedding.encode_query(text)
        return vector

    def _models(self) -> _Models:
        with self._lock:
            if self._loaded is None:
                embedding, reader = self._open_embedding(), _ready(self._open_reader())
                self._loaded = _Models(embedding, reader, Weights.load())
            return self._loaded


class _Models(NamedTuple):
    embedding: Embedding
    reader: SpanReader | None
    weights: Weights


def _ready(reader: SpanReader) -> SpanReader | None:
    """The reader, loaded; None where it does not load: the other two signs do without it."""
    try:
        reader.warm_up()
    except ReaderUnavailable as error:
        _LOG.warning("%s; checking without it", error)
        return None
    return reader
