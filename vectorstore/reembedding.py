"""Which model an archive was embedded with, and embedding all of it anew with another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.embedding import Progress
from vectorstore.errors import ModelMismatch
from vectorstore.vectors import packed

if TYPE_CHECKING:
    from vectorstore.embedding import Embedding
    from vectorstore.place import Address
    from vectorstore.protocols import Ledger, Passages

_COMMIT = 256  # passages a transaction: a cut loses seconds of work


def check_model(place: Path | Address, ledger: Ledger, embedding: Embedding) -> None:
    """Raise `ModelMismatch` if the archive's vectors are of another model."""
    noted = ledger.meta("embedding")
    if noted and noted != embedding.identity and ledger.count()[1]:
        raise mismatch(place, noted, embedding.identity)


def mismatch(place: Path | Address, noted: str, model: str) -> ModelMismatch:
    """What is to be said where `noted` embedded the archive and not `model`."""
    return ModelMismatch(
        f"{place} was embedded with {noted}, not with {model}: embed it anew"
        f" with `footnote ingest PATH --archive {place} --reindex`, or set that model again."
    )


def reembed(
    ledger: Ledger, passages: Passages, embedding: Embedding, on_progress: Progress | None
) -> None:
    """Give every passage a vector of `embedding`, if the archive has another model's.

    Those of before serve until the last new one is there. Cut short, it goes on where it was.
    """
    if ledger.meta("embedding") == embedding.identity:
        return
    fresh = ledger.new_vectors
    fresh.start(embedding.identity)
    total, done = ledger.count()[1], fresh.count()
    while not fresh.take_over(embedding.identity):
        rows = {id_: row for row, id_ in fresh.waiting(_COMMIT).items()}
        waiting = passages.with_ids(list(rows))
        vectors = packed(embedding.encode([passage.embedded for passage in waiting]))
        fresh.add({rows[passage.id]: one for passage, one in zip(waiting, vectors, strict=True)})
        done += len(waiting)
        if on_progress:
            on_progress("Embedding", done, total)
