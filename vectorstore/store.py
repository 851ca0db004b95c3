"""The archive: what the rest of Footnote sees of the ledger, the index and the embedding model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from vectorstore.embedding import BULK, Embedding, Progress
from vectorstore.errors import ArticleNotFound
from vectorstore.exact import ExactSearch, cosines
from vectorstore.ledger import Ledger
from vectorstore.lock import WriterLock
from vectorstore.mirror import Mirror
from vectorstore.passages import Passages
from vectorstore.records import Article, Filter
from vectorstore.reembedding import check_model, reembed
from vectorstore.vectors import Vectors, embedded_text, key_of, packed, unpacked

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

Item = tuple[Article, "Sequence[TextNode]", str]  # an article, its passages, its content hash

_COMMIT = 256  # passages a transaction: a cut loses seconds of work
_WIDER = 8  # times as many are fetched under a filter; Chroma's own takes 50 times as long


class Store:
    """An archive's articles and passages, searchable by meaning and by word.

    One program writes and any number read. Many threads may use one store.
    """

    def __init__(
        self,
        embedding: Embedding,
        ledger: Ledger,
        passages: Passages,
        exact: ExactSearch,
        mirror: Mirror | None,
        opened: ExitStack,
    ) -> None:
        self.embedding = embedding
        self._ledger = ledger
        self._passages = passages
        self._exact = exact
        self._mirror = mirror
        self._opened = opened  # closes them all
        self.examined = ledger.examined
        self._embedded = 0

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        embedding: Embedding | None = None,
        chroma_url: str | None = None,
        read_only: bool = False,
        reset_embedding: bool = False,
        on_progress: Progress | None = None,
    ) -> Store:
        """Open the archive in the folder `path`, making it if it is missing.

        Args:
            path: the archive's folder.
            embedding: the model; None takes the packaged one.
            chroma_url: a Chroma server to use; None runs Chroma inside this process.
            read_only: only search, exactly and without Chroma, beside a program that writes.
            reset_embedding: embed everything anew if the archive has another model's vectors.
            on_progress: told of embedding anew and of indexing.

        Raises:
            ArchiveBusy: another program has it open for writing.
            ModelMismatch: it was embedded with another model.
            ArchiveError: it cannot be used; the message says what to do.
        """
        folder = Path(path)
        embedding = embedding or Embedding.open()
        with ExitStack() as opened:
            if not read_only:
                opened.callback(WriterLock(folder).release)
            ledger = Ledger(folder / "ledger.sqlite", read_only=read_only)
            opened.callback(ledger.close)
            passages = Passages(ledger.database)
            if reset_embedding:
                reembed(ledger, passages, embedding, on_progress)
            check = partial(check_model, folder, ledger, embedding)
            check()
            mirror = None
            if not read_only:
                ledger.note(embedding=embedding.identity)
                mirror = Mirror(ledger, passages, folder, chroma_url, on_progress)
                opened.callback(mirror.close)
            exact = ExactSearch(passages, check)
            return cls(embedding, ledger, passages, exact, mirror, opened.pop_all())

    def close(self) -> None:
        """Close the archive. Calling it again does nothing."""
        self._opened.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def articles(self, where: Filter | None = None) -> list[Article]:
        """The articles, the newest first, undated ones last."""
        warned = self.examined.warnings()
        found = self._ledger.articles(where)
        return [replace(one, warnings=warned.get(one.id, ())) for one in found] if warned else found

    def article(self, article_id: str) -> Article:
        """The article with that id. Raises `ArticleNotFound`."""
        found = self._ledger.article(article_id)
        return replace(found, warnings=self.examined.warnings(article_id).get(article_id, ()))

    def noted(self, key: str) -> str:
        """What is noted under `key`; "" if nothing is."""
        return self._ledger.meta(key)

    def note(self, **values: str) -> None:
        """Note `values` for `noted`."""
        self._ledger.note(**values)

    def hashes(self) -> dict[str, str]:
        """Article id to the content hash it was put with."""
        return self._ledger.hashes()

    def paths(self) -> dict[str, str]:
        """Article id to where its file lay."""
        return self._ledger.paths()

    def outlets(self) -> list[tuple[str, int]]:
        """Each outlet with its number of articles, the largest first."""
        return self._ledger.outlets()

    def count(self, where: Filter | None = None) -> tuple[int, int]:
        """How many articles and how many passages there are."""
        return self._ledger.count(where)

    def put(self, items: Sequence[Item], on_progress: Progress | None = None) -> None:
        """Put whole articles in, each in the place of what had its id.

        What is committed stays, whatever happens next. Texts that are embedded already are not
        embedded again.

        Args:
            items: articles, each with its passages and a hash of its content.
            on_progress: told of the embedding.
        """
        for part in _parts(items):
            keys, vectors = self._embed(part, on_progress)
            self._ledger.replace(part, keys, vectors)
        if self._mirror:
            self._mirror.sync()

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out; ids that are not there do no harm."""
        self._ledger.remove(article_ids)
        if self._mirror:
            self._mirror.sync()

    def dense(self, query: str, top_k: int, where: Filter | None = None) -> list[tuple[str, float]]:
        """The passages nearest in meaning: node ids with cosines, best first.

        There are always `top_k` of them, if so many passages may be found.
        """
        if top_k < 1:
            return []
        vector = self.embedding.encode_query(query)
        found = self._by_index(vector, top_k, where)
        if len(found) == top_k or (not where and len(found) == self.count()[1]):
            return found
        # Too few: the filter leaves only few of the nearest, or there is no index to be had.
        among = self._passages.rows(where) if where else None
        best = self._exact.search(vector, top_k, among)
        ids = self._passages.ids(row for row, _ in best)
        return [(ids[row], cosine) for row, cosine in best if row in ids]

    def lexical(
        self, query: str, top_k: int, where: Filter | None = None
    ) -> list[tuple[str, float]]:
        """The passages that hold words of the query: node ids with BM25 scores, best first."""
        return self._passages.lexical(query, top_k, where)

    def frequency(self, word: str) -> float:
        """The share of all passages that hold `word`, in any of its endings."""
        return self._passages.count_holding(word) / max(self.count()[1], 1)

    def nodes(self, node_ids: Sequence[str]) -> list[TextNode]:
        """The passages in the order asked for; any that are gone are left out."""
        return self._passages.nodes(node_ids)

    def vectors(self, node_ids: Sequence[str]) -> Vectors:
        """The passages' vectors: float32 `[n, dimension]`, normalised.

        Raises:
            ArticleNotFound: a passage is gone.
        """
        found = self._passages.vectors_of(node_ids)
        for node_id in node_ids:
            if node_id not in found:
                raise ArticleNotFound(f"The passage {node_id!r} is gone: search again.")
        return unpacked([found[node_id] for node_id in node_ids])

    def cosines(self, query: str, node_ids: Sequence[str]) -> dict[str, float]:
        """How near each passage is in meaning, in the order asked for; any gone are left out."""
        found = self._passages.vectors_of(node_ids)
        kept = [id_ for id_ in node_ids if id_ in found]
        if not kept:
            return {}
        scores = cosines(unpacked([found[id_] for id_ in kept]), self.embedding.encode_query(query))
        return dict(zip(kept, map(float, scores), strict=True))

    def _by_index(
        self, vector: Vectors, top_k: int, where: Filter | None
    ) -> list[tuple[str, float]]:
        """What is left of the nearest by Chroma: those that are gone or not chosen fall out."""
        wide = top_k * _WIDER if where else top_k
        found = (self._mirror and self._mirror.search(vector, wide)) or []
        ids = self._passages.ids((row for row, _ in found), where)
        return [(ids[row], cosine) for row, cosine in found if row in ids][:top_k]

    def _embed(
        self, items: Sequence[Item], on_progress: Progress | None
    ) -> tuple[dict[str, str], dict[str, bytes]]:
        """Node id to key, and key to vector, embedding only what has no vector yet."""
        texts = {node.id_: embedded_text(node) for _, nodes, _ in items for node in nodes}
        keys = {id_: key_of(text) for id_, text in texts.items()}
        vectors = self._passages.embedded(set(keys.values()))
        missing = {key: texts[id_] for id_, key in keys.items() if key not in vectors}
        if missing:
            self._embedded += len(missing)
            fresh = self.embedding.encode(
                list(missing.values()), on_progress, bulk=self._embedded > BULK
            )
            vectors.update(zip(missing, packed(fresh), strict=True))
        return keys, vectors


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    part: list[Item] = []
    for item in items:
        part.append(item)
        if sum(len(nodes) for _, nodes, _ in part) >= _COMMIT:
            yield part
            part = []
    if part:
        yield part
