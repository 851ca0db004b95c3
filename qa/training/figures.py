"""The reader's figures on articles it never saw, and the calibration that they rest on."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.metrics.answers import agrees, exact, f1
from qa.metrics.confidence import auroc, calibration_error
from qa.metrics.rankings import average_precision
from qa.reader.span_reader import PassageReading, SpanReader
from qa.training import augment
from qa.training.data import Passage, Question, Sentence
from qa.training.negatives import Negatives

TOP = 10  # passages that are read for a question

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage's reading, its text, and what it was worth."""

    passage: int
    reading: PassageReading
    short: str
    f1: float
    exact: float
    right: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One question read over its own passage, over retrieval, and where nothing answers."""

    gold: Found
    near_miss: PassageReading | None
    ranked: list[Found]  # retrieval's ten
    silent: list[Found]  # retrieval's ten without a reference answer


def read_part(
    reader: SpanReader,
    negatives: Negatives,
    part: str,
    on_progress: Progress,
    every: int = 1,
    keywords: bool = False,
) -> list[Read]:
    """One in `every` of a part's new_wiki questions, read; `keywords` cuts it to search words."""
    passages, questions = negatives.passages, negatives.questions
    chosen = [n for n, q in enumerate(questions) if _belongs(passages[q.passage], part)]
    # An answer such as "2" may stand in all that retrieval finds: then there is no silent side.
    chosen = [n for n in chosen[::every] if negatives.silent(n)]
    reads = []
    for done, number in enumerate(chosen):
        rng = random.Random(number)
        question = questions[number]
        asked = augment.telegraphic(question.text, rng) if keywords else question.text
        miss = negatives.near_miss(number, rng)
        ranked = [int(p) for p in negatives.ranked[number, :TOP]]
        silent = negatives.silent(number)[:TOP]
        wanted = list(dict.fromkeys([question.passage, *ranked, *silent]))
        texts = [passages[p].text for p in wanted] + ([miss[1]] if miss else [])
        readings = reader.read_texts(asked, texts)
        found = {
            p: _found(p, text, reading, question)
            for p, text, reading in zip(wanted, texts, readings, strict=False)
        }
        reads.append(
            Read(
                found[question.passage],
                readings[-1] if miss else None,
                [found[p] for p in ranked],
                [found[p] for p in silent],
            )
        )
        on_progress(f"reading {part}", done + 1, len(chosen))
    return reads


def figures(reads: Sequence[Read], dense_first: float) -> dict[str, float]:
    """The table of the model card, from one part's reads."""
    opened, silent = _best_of(reads, "ranked"), _best_of(reads, "silent")
    misses = [read.near_miss.score for read in reads if read.near_miss]
    missed = [read.gold.reading.score for read in reads if read.near_miss]
    chances = [f.reading.probability for f in opened + silent]
    right = [f.right for f in opened] + [False] * len(silent)
    gold = [read.gold for read in reads]
    return {
        "questions": len(reads),
        "passage given, F1": _mean(f.f1 for f in gold),
        "passage given, EM": _mean(f.exact for f in gold),
        "open, F1": _mean(f.f1 for f in opened),
        "open, EM": _mean(f.exact for f in opened),
        "right passage first, dense alone": dense_first,
        "right passage first, hybrid": _mean(r.ranked[0].passage == r.gold.passage for r in reads),
        "right passage first, reader": _mean(
            best.passage == r.gold.passage for best, r in zip(opened, reads, strict=True)
        ),
        "AUROC, hardest retrieved": auroc(
            [f.reading.score for f in gold], [r.silent[0].reading.score for r in reads]
        ),
        "AUROC, best of ten without": auroc(
            [f.reading.score for f in gold], [f.reading.score for f in silent]
        ),
        "AUROC, near misses": auroc(missed, misses),
        "refused at 90 % answered": _refused(
            [f.reading.probability for f in opened], [f.reading.probability for f in silent]
        ),
        "calibration error": calibration_error(chances, right),
    }


def dense_first(negatives: Negatives, dense: NDArray[np.int32], part: str) -> float:
    """How often the embedding alone puts the right passage first."""
    questions = negatives.questions
    return _mean(
        dense[n, 0] == q.passage
        for n, q in enumerate(questions)
        if _belongs(negatives.passages[q.passage], part)
    )


def newswire(reader: SpanReader, pairs: Sequence[Sentence], part: str) -> float:
    """Mean average precision of the sentences of a TREC-QA part, by the reader's score."""
    asked: dict[str, list[Sentence]] = defaultdict(list)
    for pair in pairs:
        if pair.part == part:
            asked[pair.question].append(pair)
    judged = {q: p for q, p in asked.items() if 0 < sum(x.label for x in p) < len(p)}
    return _mean(
        average_precision(_ranked(reader, question, group)) for question, group in judged.items()
    )


def _ranked(reader: SpanReader, question: str, group: Sequence[Sentence]) -> list[bool]:
    scores = [r.score for r in reader.read_texts(question, [one.text for one in group])]
    return [bool(group[n].label) for n in np.argsort(-np.asarray(scores), kind="stable")]


def latency(reader: SpanReader, reads: int, negatives: Negatives) -> float:
    """Median milliseconds for a question over ten passages."""
    texts = [p.text for p in negatives.passages if _belongs(p, "test")]
    asked = [q.text for q in negatives.questions[:reads]]
    spent = []
    for number, question in enumerate(asked):
        began = time.perf_counter()
        reader.read_texts(question, [texts[(number * TOP + n) % len(texts)] for n in range(TOP)])
        spent.append(1000 * (time.perf_counter() - began))
    return float(np.median(spent))


def _found(passage: int, text: str, reading: PassageReading, question: Question) -> Found:
    short = text[reading.start : reading.end]
    answers = question.answers
    right = agrees(short, answers)
    return Found(passage, reading, short, f1(short, answers), exact(short, answers), right)


def _best_of(reads: Sequence[Read], which: str) -> list[Found]:
    return [max(getattr(read, which), key=lambda found: found.reading.score) for read in reads]


def _refused(answerable: Sequence[float], silent: Sequence[float], answered: float = 0.9) -> float:
    """The share of unanswerable questions below the threshold that answers so many others."""
    return float((np.asarray(silent) < np.quantile(answerable, 1 - answered)).mean())


def _belongs(passage: Passage, part: str) -> bool:
    return passage.domain == "new_wiki" and passage.part == part


def _mean(values) -> float:  # type: ignore[no-untyped-def]
    return float(np.mean(list(values)))
