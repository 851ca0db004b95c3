"""Reads passages for short answers: spans, and how well each passage answers."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from qa.reader.calibration import Calibration
from qa.reader.model import Network, OnnxNetwork
from qa.reader.protocol import Reading, Span
from qa.reader.spans import Candidate, decode
from qa.reader.windows import Window, Windows

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

_MOST_SPANS = 5


class SpanReader:
    """The packaged model, or another network in its place. Loads at the first question.

    Many threads may read at once. Each window is read by itself, on one processor: nothing is
    padded, and no passage's score depends on its company.
    """

    short_answers = True

    def __init__(self, load: Callable[[], Network] = OnnxNetwork, threads: int = 0) -> None:
        """`threads`: windows read at once; 0: as many as there are processors."""
        self._load = load
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(threads or os.cpu_count(), "reader")
        self._loaded: tuple[Network, Windows] | None = None

    @classmethod
    def named(cls, name: str) -> SpanReader:
        """The Hugging Face question-answering model of that folder or name."""
        from qa.reader.huggingface import HuggingFaceNetwork

        return cls(lambda: HuggingFaceNetwork(name))

    def warm_up(self) -> None:
        """Load the model and run it once, so that the first question waits for neither.

        Raises:
            ReaderUnavailable: the model is missing or broken.
        """
        self.read_texts("Who?", ["Nobody."])

    @property
    def threshold(self) -> float:
        """The probability from which the development articles say to answer."""
        return self._ready()[0].calibration.threshold

    def read(self, question: str, passages: Sequence[TextNode]) -> list[Reading]:
        """One reading for each passage, in the order given."""
        return self.read_texts(question, [passage.text for passage in passages])

    def read_texts(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """`read`, for passages that are plain text."""
        if not passages:
            return []
        network, windows = self._ready()
        cut = windows.cut(question, passages)
        readings = self._pool.map(lambda window: _reading(network, window), cut)
        best: dict[int, Reading] = {}
        for window, reading in zip(cut, readings, strict=True):
            kept = best.setdefault(window.passage, reading)
            best[window.passage] = max(kept, reading, key=lambda one: one.score)
        return [best[number] for number in range(len(passages))]

    def _ready(self) -> tuple[Network, Windows]:
        with self._lock:
            if self._loaded is None:
                network = self._load()
                self._loaded = network, Windows(network.tokenizer)
            return self._loaded


def _reading(network: Network, window: Window) -> Reading:
    start, end, answerable = network(window.ids, window.types)
    decoded = decode(start, end, window.offsets, window.inside)
    score = network.calibration.score(answerable, decoded.margin)
    spans = _apart(decoded.spans, network.calibration, score)
    return Reading(score if spans else float("-inf"), spans)


def _apart(
    candidates: Sequence[Candidate], calibration: Calibration, score: float
) -> tuple[Span, ...]:
    """The best candidates that do not overlap each other."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if len(kept) < _MOST_SPANS and all(
            candidate.end <= other.start or candidate.start >= other.end for other in kept
        ):
            kept.append(candidate)
    return tuple(Span(c.start, c.end, calibration.probability(score, c.share)) for c in kept)
