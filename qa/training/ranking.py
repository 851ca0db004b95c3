"""Which passages share most words with each question (BM25): where hard negatives come from."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.training.data import Passage, Question

DEPTH = 40
K1, B = 1.2, 0.75
WORD = re.compile(r"\w+")


def rank(passages: Sequence[Passage], questions: Sequence[Question]) -> NDArray[np.int32]:
    """Passage numbers [questions, DEPTH], best first, -1 where there is none.

    Each question searches the passages of its own domain and part only.
    """
    parts = np.array([f"{p.domain} {p.part}" for p in passages])
    asked = parts[[q.passage for q in questions]]
    found = np.full((len(questions), DEPTH), -1, np.int32)
    for part in sorted(set(asked)):
        rows, columns = np.flatnonzero(asked == part), np.flatnonzero(parts == part)
        scores = bm25(
            [questions[int(n)].text for n in rows], [passages[int(n)].text for n in columns]
        )
        depth = min(DEPTH, len(columns))
        best = np.argpartition(-scores, depth - 1, 1)[:, :depth]
        order = np.argsort(-np.take_along_axis(scores, best, 1), 1)
        found[rows, :depth] = columns[np.take_along_axis(best, order, 1)]
    return found


def bm25(questions: Sequence[str], texts: Sequence[str]) -> NDArray[np.float64]:
    """Robertson's BM25 of every text for every question, [questions, texts]."""
    vocabulary: dict[str, int] = {}
    counts = _counts(texts, vocabulary)
    asked = _counts(questions, vocabulary)
    counts.resize(len(texts), len(vocabulary))
    asked.data[:] = 1
    frequency = np.bincount(counts.indices, minlength=len(vocabulary))
    weight = np.log(1 + (len(texts) - frequency + 0.5) / (frequency + 0.5))
    length = np.asarray(counts.sum(1)).ravel()
    norm = K1 * (1 - B + B * length / length.mean())
    row = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))
    counts.data = weight[counts.indices] * counts.data * (K1 + 1) / (counts.data + norm[row])
    return np.asarray((asked @ counts.T).todense())


def _counts(texts: Sequence[str], vocabulary: dict[str, int]):  # type: ignore[no-untyped-def]
    from scipy.sparse import coo_matrix

    rows, columns = [], []
    for row, text in enumerate(texts):
        for word in WORD.findall(text.lower()):
            rows.append(row)
            columns.append(vocabulary.setdefault(word, len(vocabulary)))
    shape = len(texts), len(vocabulary)
    return coo_matrix((np.ones(len(rows)), (rows, columns)), shape).tocsr()
