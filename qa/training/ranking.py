"""Which passages retrieval finds for each question: MiniLM's vectors, BM25, and both fused."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.training.data import Passage, Question

DEPTH = 40
FUSION = 60  # reciprocal rank fusion, Cormack and others, 2009
K1, B = 1.2, 0.75
WORD = re.compile(r"\w+")


def rank(
    passages: Sequence[Passage], questions: Sequence[Question], folder: str
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Fused and dense-only passage numbers, [questions, DEPTH], best first, -1 where there is none.

    Each question searches the passages of its own domain and part only.
    """
    vectors = _embed([p.text for p in passages] + [q.text for q in questions], folder)
    parts = np.array([f"{p.domain} {p.part}" for p in passages])
    asked = parts[[q.passage for q in questions]]
    fused, dense = (np.full((len(questions), DEPTH), -1, np.int32) for _ in range(2))
    for part in sorted(set(parts)):
        rows, columns = np.flatnonzero(asked == part), np.flatnonzero(parts == part)
        near = _places(vectors[len(passages) + rows] @ vectors[columns].T)
        texts = [passages[int(n)].text for n in columns]
        asks = [questions[int(n)].text for n in rows]
        worded = _places(bm25(asks, texts))
        order = np.argsort(-(1 / (FUSION + near) + 1 / (FUSION + worded)), 1)[:, :DEPTH]
        fused[rows, : order.shape[1]] = columns[order]
        order = np.argsort(near, 1)[:, :DEPTH]
        dense[rows, : order.shape[1]] = columns[order]
    return fused, dense


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


def _places(scores: NDArray[np.floating]) -> NDArray[np.intp]:
    """Each score's place in its row, 0 the best."""
    order = np.argsort(-scores, 1)
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(scores.shape[1])[None], 1)
    return places


def _embed(texts: Sequence[str], folder: str) -> NDArray[np.float32]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(folder, device="cpu")
    vectors = model.encode(list(texts), batch_size=64, normalize_embeddings=True)
    return np.asarray(vectors, np.float32)
