"""Vectors that cost little, for archives that would take hours to embed.

Passages with a fact that can be asked for are embedded as ever, all of them: those of other
articles are what a question's own is mistaken for. Of the others the first thousand are; each
further one gets a vector between two of theirs. Clusters of noise around one would not do: in them
Chroma's graph finds only two of three vectors, against all of those of texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.bench.invented import holds_fact
from vectorstore.embedding import Embedding, Progress
from vectorstore.vectors import Vectors

_POOL, _NOISE = 1000, 0.01  # vectors that others lie between, and what tells those apart


class Sketched(Embedding):
    """The packaged model, for a bench only: what it makes of a passage depends on those before."""

    _pool: Vectors = np.empty((0, 384), np.float32)
    _chance = np.random.default_rng(7)

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        told = np.array([holds_fact(text) for text in texts], bool)
        real = told | (np.cumsum(~told) <= _POOL - len(self._pool))
        vectors[real] = super().encode([texts[i] for i in np.flatnonzero(real)], on_progress)
        self._pool = np.concatenate([self._pool, vectors[real & ~told]])
        if not real.all():
            vectors[~real] = self._near(int((~real).sum()))
        return vectors

    def _near(self, many: int) -> Vectors:
        """Each between two of the pool: far from all in no direction, as texts' vectors lie."""
        one, other = self._chance.integers(len(self._pool), size=(2, many))
        share = self._chance.uniform(0.5, 1, size=(many, 1))
        vectors = share * self._pool[one] + (1 - share) * self._pool[other]
        vectors += self._chance.normal(0, _NOISE, vectors.shape)
        near: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype("f4")
        return near
