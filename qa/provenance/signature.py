"""MinHash signatures: articles that share a band of theirs may have words in common.

Broder, "On the resemblance and containment of documents" (1997); the bands after Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from qa.provenance.shingles import shingles
from vectorstore.examined import Signatures

if TYPE_CHECKING:
    from datasketch import MinHash

# Two values a band: of texts with a fifth of their runs in common 73 % share one of 32, with a
# third 98 %, with a hundredth 0.3 %.
_OF_ALL = 32
# Who takes two sentences of a long text takes the first ones.
_OF_THE_OPENING = 16
_OPENING = 400  # characters
BANDS = _OF_ALL + _OF_THE_OPENING


def signature(text: str) -> Signatures:
    """The bands of a text: uint64 `[BANDS]`."""
    opening = shingles(text[:_OPENING])
    return np.concatenate([_bands(shingles(text), _OF_ALL), _bands(opening, _OF_THE_OPENING)])


def _bands(runs: Set[str], number: int) -> Signatures:
    made = _empty(2 * number).copy()
    made.update_batch([run.encode() for run in runs])
    values: Signatures = np.asarray(made.hashvalues, np.uint64)
    return (values[::2] << np.uint64(32)) | values[1::2]


@cache
def _empty(values: int) -> MinHash:
    """Of no runs; making it draws its permutations, which takes as long as filling it."""
    from datasketch import MinHash

    return MinHash(num_perm=values, seed=1, scheme="affine32")


def sharing(one: Signatures, others: Signatures) -> list[int]:
    """The rows of `others` that have a band in common with `one`."""
    if not len(others):
        return []
    return [int(row) for row in np.flatnonzero((others == one).any(axis=1))]
