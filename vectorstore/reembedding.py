"""Which model an archive was embedded with, and embedding all of it anew with another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.embedding import BULK, Progress
from vectorstore.errors import ModelMismatch
from vectorstore.ledger import changed, note
from vectorstore.vectors import embedded_text, packed

if TYPE_CHECKING:
    from vectorstore.embedding import Embedding
    from vectorstore.ledger import Ledger
    from vectorstore.passages import Passages

_COMMIT = 256  # passages a transaction: a cut loses seconds of work
_WAITING = "SELECT row, id FROM passages WHERE row NOT IN (SELECT row FROM new_vectors)"


def check_model(folder: Path, ledger: Ledger, embedding: Embedding) -> None:
    """Raise `ModelMismatch` if the archive's vectors are of another model."""
    noted = ledger.meta("embedding")
    if noted and noted != embedding.identity and ledger.count()[1]:
        raise ModelMismatch(
            f"{folder} was embedded with {noted}, not with {embedding.identity}: embed it anew"
            f" with `footnote ingest PATH --archive {folder} --reindex`, or set that model again."
        )


def reembed(
    ledger: Ledger, passages: Passages, embedding: Embedding, on_progress: Progress | None
) -> None:
    """Give every passage a vector of `embedding`, if the archive has another model's.

    Those of before serve until the last new one is there. Cut short, it goes on where it was.
    """
    if ledger.meta("embedding") == embedding.identity:
        return
    _start(ledger, embedding)
    total = ledger.count()[1]
    done = _done(ledger)
    while waiting := _waiting(ledger):
        texts = [embedded_text(node) for node in passages.nodes(list(waiting.values()))]
        vectors = packed(embedding.encode(texts, bulk=total > BULK))
        with ledger.database.writing() as connection:
            pairs = zip(waiting, vectors, strict=True)
            connection.executemany("INSERT INTO new_vectors VALUES (?, ?)", pairs)
        done += len(waiting)
        if on_progress:
            on_progress("Embedding", done, total)
    _finish(ledger, embedding)


def _start(ledger: Ledger, embedding: Embedding) -> None:
    if ledger.meta("new_embedding") == embedding.identity:
        return
    with ledger.database.writing() as connection:
        connection.execute("DELETE FROM new_vectors")
    ledger.note(new_embedding=embedding.identity)


def _done(ledger: Ledger) -> int:
    with ledger.database.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM new_vectors").fetchone()[0])


def _waiting(ledger: Ledger) -> dict[int, str]:
    with ledger.database.reading() as connection:
        return dict(connection.execute(f"{_WAITING} ORDER BY row LIMIT {_COMMIT}").fetchall())


def _finish(ledger: Ledger, embedding: Embedding) -> None:
    with ledger.database.writing() as connection:
        connection.execute("DELETE FROM vectors")
        connection.execute("INSERT INTO vectors SELECT row, vector FROM new_vectors")
        connection.execute("DELETE FROM new_vectors")
        note(connection, {"embedding": embedding.identity, "new_embedding": "", "index_whole": ""})
        changed(connection)
