"""Reads passages for short answers: spans, and how well each passage answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from qa.reader.confidence import Confidence
from qa.reader.model import Network, shared
from qa.reader.protocol import Reading, Span
from qa.reader.spans import Candidate, decode
from qa.reader.windows import Window, Windows
from vectorstore.days import written
from vectorstore.passage import Passage
from vectorstore.processors import processors

_ALTERNATIVES = 4
_RECENT = 512  # readings that are remembered


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What one passage says to a question; `passage[start:end]` is its best short answer.

    `start == end` only where a passage holds no words. Whether the passage answers at all is for
    `score` (log-odds, compares over the passages of one question) and `probability` to say.
    """

    score: float
    probability: float  # that the short answer is right
    start: int
    end: int
    alternatives: tuple[Candidate, ...] = ()  # further spans, apart from it and from each other
    answerable: float = 0.0  # the evidence behind `score`: the network's own logit,
    margin: float = 0.0  # by how much the best span outweighs the null span,
    span: float = 0.0  # and its share among the window's spans


class SpanReader:
    """The packaged model, or another network in its place. Loads at the first question.

    Many threads may read at once. Each window is read by itself, on one processor: nothing is
    padded, and no passage's score depends on its company.
    """

    short_answers = True

    def __init__(
        self, load: Callable[[], Network] = shared, threads: int = 0, *, headed: bool = False
    ) -> None:
        """What it reads with.

        Args:
            load: gives the network.
            threads: windows read at once; 0: as many as there are processors for it.
            headed: whether it reads an article's title, outlet and date above each passage.
        """
        self._load = load
        self._headed = headed
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(threads or processors(), "reader")
        self._loaded: tuple[Network, Windows] | None = None
        # Who asks again, or searches for what was asked, need not wait again.
        self._recent: dict[tuple[str, tuple[str, str]], PassageReading] = {}

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

    def close(self) -> None:
        """End its threads, once they have read what they are at. Calling it again does nothing."""
        self._pool.shutdown()

    @property
    def threshold(self) -> float:
        """The probability from which to answer, fitted with what the probability comes from."""
        network, _ = self._ready()
        return (network.confidence or network.calibration).threshold

    @property
    def confidence(self) -> Confidence | None:
        """What the signs are worth with this network, where that was fitted."""
        return self._ready()[0].confidence

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading for each passage, in the order given."""
        above = [heading(passage) for passage in passages] if self._headed else None
        texts = self.read_texts(question, [passage.text for passage in passages], above)
        return [self._judged(one) for one in texts]

    def read_texts(
        self, question: str, passages: Sequence[str], headings: Sequence[str] | None = None
    ) -> list[PassageReading]:
        """`read` for plain texts and what stands above them, with the evidence behind each."""
        self._ready()
        texts = list(zip(headings or [""] * len(passages), passages, strict=True))
        known = {text: self._recent.get((question, text)) for text in texts}
        fresh = [text for text, reading in known.items() if reading is None]
        readings = dict(zip(fresh, self._read_anew(question, fresh), strict=True))
        if len(self._recent) > _RECENT:
            self._recent.clear()
        self._recent.update({(question, text): reading for text, reading in readings.items()})
        return [known[text] or readings[text] for text in texts]

    def _read_anew(self, question: str, texts: Sequence[tuple[str, str]]) -> list[PassageReading]:
        if not texts:
            return []
        network, windows = self._ready()
        headings, passages = [above for above, _ in texts], [text for _, text in texts]
        # The longest first, so that no processor is left with one at the end.
        cut = sorted(windows.cut(question, passages, headings), key=lambda window: -len(window.ids))
        readings = list(self._pool.map(lambda window: _reading(network, window), cut))
        best: dict[int, PassageReading] = {}
        for window, reading in zip(cut, readings, strict=True):
            kept = best.setdefault(window.passage, reading)
            best[window.passage] = max(kept, reading, key=lambda one: one.score)
        return [best[number] for number in range(len(texts))]

    def _judged(self, reading: PassageReading) -> Reading:
        if reading.start == reading.end:
            return Reading(reading.score, ())
        # What a passage says less surely is as much less likely as its share is smaller.
        others = (
            Span(
                c.start,
                c.end,
                reading.probability * min(1.0, c.share / (reading.span or 1.0)),
                c.share,
            )
            for c in reading.alternatives
        )
        best = Span(reading.start, reading.end, reading.probability, reading.span)
        return Reading(reading.score, (best, *others), reading.answerable, reading.margin)

    def _ready(self) -> tuple[Network, Windows]:
        with self._lock:
            if self._loaded is None:
                network = self._load()
                self._loaded = network, Windows(network.tokenizer)
            return self._loaded


def heading(passage: Passage) -> str:
    """What an archive prints above an article: its title, its outlet and its day."""
    day = written(passage.published) if passage.published else ""
    source = ", ".join(filter(None, (passage.outlet, day)))
    title = passage.title.rstrip(".")
    return ". ".join(filter(None, (title, source))) + "." if title or source else ""


def _reading(network: Network, window: Window) -> PassageReading:
    outputs = network(window.ids, window.types)
    decoded = decode(outputs.start, outputs.end, window.offsets, window.inside)
    if not decoded.spans:
        return PassageReading(float("-inf"), 0.0, 0, 0)
    best, *others = decoded.spans
    score = network.calibration.score(outputs.answerable, decoded.margin)
    return PassageReading(
        score=score,
        probability=network.calibration.probability(score, best.share),
        start=best.start,
        end=best.end,
        alternatives=_apart(best, others),
        answerable=outputs.answerable,
        margin=decoded.margin,
        span=best.share,
    )


def _apart(best: Candidate, others: Sequence[Candidate]) -> tuple[Candidate, ...]:
    kept = [best]
    for span in others:
        if len(kept) <= _ALTERNATIVES and all(
            span.end <= k.start or span.start >= k.end for k in kept
        ):
            kept.append(span)
    return tuple(kept[1:])
