"""Puts articles into the ledger, a part at a time, each passage with its vector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vectorstore.embedding import BULK, Embedding, Progress
from vectorstore.kept import kept
from vectorstore.passage import Passage
from vectorstore.protocols import Ledger, Passages
from vectorstore.records import Article
from vectorstore.vectors import key_of, packed

Item = tuple[Article, Sequence[Passage], str]  # an article, its passages, its content hash

_COMMIT = 256  # passages a transaction: a cut loses seconds of work


class Putting:
    """Embeds what has no vector yet, and commits as it goes."""

    def __init__(self, embedding: Embedding, ledger: Ledger, passages: Passages) -> None:
        self._embedding = embedding
        self._ledger = ledger
        self._passages = passages
        self._embedded = 0  # passages, since the archive was opened

    def put(self, items: Sequence[Item], on_progress: Progress | None = None) -> None:
        """Put whole articles in, each in the place of what had its id."""
        for part in _parts(items):
            keys, vectors = self._embed(part, on_progress)
            whole = [kept(*item, keys, vectors) for item in part]
            self._ledger.replace(whole, model=self._embedding.identity)

    def _embed(
        self, items: Sequence[Item], on_progress: Progress | None
    ) -> tuple[dict[str, str], dict[str, bytes]]:
        """Passage id to key, and key to vector, embedding only what has no vector yet."""
        texts = {one.id: one.embedded for _, passages, _ in items for one in passages}
        keys = {id_: key_of(text) for id_, text in texts.items()}
        vectors = self._passages.embedded(set(keys.values()))
        missing = {key: texts[id_] for id_, key in keys.items() if key not in vectors}
        if missing:
            self._embedded += len(missing)
            fresh = self._embedding.encode(
                list(missing.values()), on_progress, bulk=self._embedded > BULK
            )
            vectors.update(zip(missing, packed(fresh), strict=True))
        return keys, vectors


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    part: list[Item] = []
    for item in items:
        part.append(item)
        if sum(len(passages) for _, passages, _ in part) >= _COMMIT:
            yield part
            part = []
    if part:
        yield part
