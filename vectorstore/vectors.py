"""Vectors in memory and as the ledger keeps them, and the texts that they stand for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # [n, dimension], normalised
Rows = NDArray[np.int64]  # [n], passages' numbers


def packed(vectors: Vectors) -> list[bytes]:
    """Each vector as float16: half the size, and cosines within 0.0001."""
    return [vector.tobytes() for vector in vectors.astype("<f2")]


def unpacked(blobs: Sequence[bytes]) -> Vectors:
    """What `packed` made, normalised again."""
    if not blobs:
        return np.empty((0, 0), np.float32)
    vectors = np.frombuffer(b"".join(blobs), "<f2").astype(np.float32).reshape(len(blobs), -1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def key_of(text: str) -> str:
    """The same for the same text, so that it is embedded once."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
