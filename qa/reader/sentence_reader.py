"""The reader that needs no trained model: it ranks sentences by features one can name."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qa.language.kinds import Kind, kind_of, offers
from qa.language.words import specifics, stems
from qa.reader.confidence import Confidence
from qa.reader.protocol import Reading, Span
from vectorstore.once import once
from vectorstore.passage import Passage

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]

FEATURES = (
    "cosine",  # question · sentence, both embedded
    "cosine_context",  # question · mean of the sentence and its neighbours
    "cosine_passage",  # question · mean of the passage's sentences
    "cosine_best",  # how far the sentence lies below the best one read
    "covered",  # share of the question's words in the sentence, rare words weighing more
    "covered_near",  # … in the sentence, its neighbours and the headline
    "covered_passage",  # … in the passage and the headline
    "rarest_missing",  # weight of the rarest word of the question that the passage lacks
    "specifics_missing",  # share of the question's names and numbers that the passage lacks
    "specifics_missing_near",  # … that the sentence, its neighbours and the headline lack
    "offers_kind",  # the question asks for a kind of thing, and the sentence holds one
    "lacks_kind",  # … and the sentence holds none
    "length",  # log of the sentence's words
)


class SentenceReader:
    """Ranks the sentences of passages by a logistic model over `FEATURES`.

    The weights were fitted by `python -m qa.training.sentence_weights` and lie beside this file.
    """

    short_answers = False

    def __init__(self, encode: Encode) -> None:
        self._encode = remembering(encode)

    @once
    def _weights(self) -> dict[str, list[float]]:
        text = (files("qa.reader") / "sentence_reader.json").read_text("utf-8")
        weights: dict[str, list[float]] = json.loads(text)
        return weights

    def close(self) -> None:
        """It keeps nothing running."""

    @property
    def threshold(self) -> float:
        """The probability from which to answer, fitted with what the probability comes from."""
        return self.confidence.threshold if self.confidence else self._weights["threshold"][0]

    @once
    def confidence(self) -> Confidence | None:
        """What the signs are worth with these sentences."""
        return Confidence.load(Path(__file__).with_name("sentence_confidence.json"))

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading for each passage: its sentences, best first."""
        if not passages:
            return []
        weights = self._weights
        spans = [sentences_of(passage) for passage in passages]
        rows = features(question, passages, spans, self._encode)
        logits = rows @ np.array(weights["features"]) + weights["intercept"][0]
        # Platt's scaling: from "this sentence holds the answer" to "citing it is right".
        slope, offset = weights["calibration"]
        probabilities = 1 / (1 + np.exp(-(slope * logits + offset)))
        readings, row = [], 0
        for passage_spans in spans:
            scored = [
                Span(start, end, float(probability))
                for (start, end), probability in zip(
                    passage_spans, probabilities[row : row + len(passage_spans)], strict=True
                )
            ]
            row += len(passage_spans)
            scored.sort(key=lambda span: -span.probability)
            best = scored[0].probability if scored else 0.0
            readings.append(Reading(_log_odds(best), tuple(scored)))
        return readings


def _log_odds(probability: float) -> float:
    safe = min(max(probability, 1e-9), 1 - 1e-9)
    return float(np.log(safe / (1 - safe)))


def remembering(encode: Encode, most: int = 20_000) -> Encode:
    """`encode`, but a text is embedded once: questions keep meeting the same sentences.

    At most `most` vectors are kept (30 MB); then it starts afresh.
    """
    known: dict[str, Floats] = {}

    def encode_new(texts: Sequence[str]) -> Floats:
        # Looked up once: another thread may start afresh at any moment.
        held = {text: known.get(text) for text in texts}
        found = {text: vector for text, vector in held.items() if vector is not None}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found.update(zip(new, encode(new), strict=True))
        if len(known) + len(new) > most:
            known.clear()
        known.update((text, found[text]) for text in new)
        return np.stack([found[text] for text in texts])

    return encode_new


def sentences_of(passage: Passage) -> list[tuple[int, int]]:
    """Where the passage's sentences stand in its own text."""
    shift = passage.start
    return [(start - shift, end - shift) for start, end in passage.sentences]


def features(
    question: str,
    passages: Sequence[Passage],
    spans: Sequence[Sequence[tuple[int, int]]],
    encode: Encode,
) -> Floats:
    """One row of `FEATURES` for each sentence of each passage, in order. Shape [sentences, 13]."""
    texts = [[p.text[a:b] for a, b in s] for p, s in zip(passages, spans, strict=True)]
    distinct = list(dict.fromkeys(text for sentences in texts for text in sentences))
    encoded = encode([question, *distinct])
    cosines = dict(zip(distinct, (encoded[1:] @ encoded[0]).tolist(), strict=True))
    vectors = dict(zip(distinct, encoded[1:], strict=True))
    best = max(cosines.values())
    asked = _Asked(question, passages)
    rows = []
    for passage, sentences in zip(passages, texts, strict=True):
        title = passage.title
        passage_stems = set(stems(title)).union(*(stems(sentence) for sentence in sentences))
        of_passage = asked.of_passage(passage_stems)
        cosine_passage = _cosine(encoded[0], [vectors[sentence] for sentence in sentences])
        for i, sentence in enumerate(sentences):
            around = sentences[max(0, i - 1) : i + 2]
            near = set(stems(title)).union(*(stems(text) for text in around))
            rows.append(
                [
                    cosines[sentence],
                    _cosine(encoded[0], [vectors[text] for text in around]),
                    cosine_passage,
                    cosines[sentence] - best,
                    asked.covered(set(stems(sentence))),
                    asked.covered(near),
                    *of_passage,
                    asked.lacking(near),
                    *_offered(asked.kind, sentence, question),
                    float(np.log1p(len(sentence.split()))),
                ]
            )
    return np.array(rows, dtype=np.float32)


def _cosine(question: Floats, around: Sequence[Floats]) -> float:
    mean = np.mean(around, axis=0)
    return float(question @ mean / max(float(np.linalg.norm(mean)), 1e-6))


def _offered(kind: Kind, sentence: str, question: str) -> tuple[float, float]:
    if kind is Kind.OTHER:
        return 0.0, 0.0
    offered = offers(kind, sentence, question)
    return float(offered), float(not offered)


class _Asked:
    """The question's words, weighted by how few of the passages read hold them."""

    def __init__(self, question: str, passages: Sequence[Passage]) -> None:
        self.kind = kind_of(question)
        self._stems = set(stems(question))
        self._specifics = specifics(question) & self._stems
        held = [set(stems(f"{p.title} {p.text}")) for p in passages]
        # The usual inverse document frequency, over what was retrieved: a word that every passage
        # holds tells none of them apart.
        self._weight = {
            word: float(np.log(1 + len(held) / (0.5 + sum(word in stems_ for stems_ in held))))
            for word in self._stems
        }

    def covered(self, present: set[str]) -> float:
        total = sum(self._weight.values())
        found = sum(weight for word, weight in self._weight.items() if word in present)
        return found / total if total else 0.0

    def of_passage(self, present: set[str]) -> tuple[float, float, float]:
        missing = [weight for word, weight in self._weight.items() if word not in present]
        return self.covered(present), max(missing, default=0.0), self.lacking(present)

    def lacking(self, present: set[str]) -> float:
        """The share of the question's names and numbers that are not there."""
        return len(self._specifics - present) / len(self._specifics) if self._specifics else 0.0
