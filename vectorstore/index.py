"""Chroma, embedded or on a server: the one file that imports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

    from vectorstore.vectors import Rows, Vectors

# Not through LlamaIndex's ChromaVectorStore, which keeps texts and metadata here a second time: on
# 5,000 passages 990 rows/s in and 4.2 ms a query, against 2,400 rows/s and 1.3 ms like this.
# With these settings recall@20 is .9998 on 5,666 passages and .9997 on 100,000 like them; with
# max_neighbors 16 and ef_construction 100, .984 on the latter, and none found for some questions.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 200,
}


class IndexFailed(Exception):
    """Chroma failed in whatever way; the index is not to be trusted any more."""


class Index:
    """One Chroma collection: row numbers and their vectors, nothing else.

    A row goes in once and never changes, so what Chroma returns is right or gone.
    """

    def __init__(self, client: Any, name: str, *, make: bool = True) -> None:
        self.name = name
        self._client = client
        with _border():
            if make:
                self._collection = client.get_or_create_collection(
                    name, embedding_function=None, configuration={"hnsw": _HNSW}
                )
            else:
                self._collection = client.get_collection(name, embedding_function=None)
            self._batch = client.get_max_batch_size()

    def count(self) -> int:
        """How many rows it holds."""
        with _border():
            return int(self._collection.count())

    def add(self, rows: Rows, vectors: Vectors) -> None:
        """Put `rows` in. Doing it again changes nothing."""
        for first in range(0, len(rows), self._batch):
            part = slice(first, first + self._batch)
            with _border():
                self._collection.upsert(ids=_names(rows[part]), embeddings=vectors[part])

    def delete(self, rows: Sequence[int]) -> None:
        """Take `rows` out; those that are not there do no harm."""
        for first in range(0, len(rows), self._batch):
            with _border():
                self._collection.delete(ids=_names(rows[first : first + self._batch]))

    def search(self, query: Vectors, top_k: int) -> list[tuple[int, float]]:
        """The nearest rows with their cosines, best first; now and then fewer than `top_k`."""
        with _border():
            found = self._collection.query(
                query_embeddings=query[None], n_results=top_k, include=["distances"]
            )
            ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
            return [(int(name), 1 - far) for name, far in zip(ids, distances, strict=True)]

    def vectors(self, rows: Rows) -> dict[int, Vectors]:
        """Row to vector; rows that are not there are left out."""
        with _border():
            found = self._collection.get(ids=_names(rows), include=["embeddings"])
            vectors = np.asarray(found["embeddings"], np.float32)
            return {int(name): vector for name, vector in zip(found["ids"], vectors, strict=True)}

    def close(self) -> None:
        """Let go of Chroma's files or connection."""
        with _border():
            self._client.close()


def embedded(folder: Path) -> Any:
    """Chroma inside this process, with its files in `folder`."""
    import chromadb

    with _border():
        folder.mkdir(exist_ok=True)
        return chromadb.PersistentClient(str(folder), settings=_settings())


def server(host: str, port: int, *, secure: bool, patience: float) -> Any:
    """Chroma at an address; each of its replies is waited for `patience` seconds."""
    import chromadb

    with _border():
        client: Any = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=_settings())
        # Chroma's own client waits for ever, and takes no setting that says otherwise.
        client._server._session.timeout = patience
        return client


def delete_collection(client: Any, name: str) -> None:
    """Delete a collection of the server, if it is there."""
    from chromadb.errors import NotFoundError

    with _border():
        try:
            client.delete_collection(name)
        except NotFoundError:
            return


@contextmanager
def _border() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in Chroma's Rust half is no Exception
        raise IndexFailed(str(error).strip().partition("\n")[0]) from error


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _names(rows: Any) -> list[str]:
    return [str(row) for row in rows]
