"""The archive: what the rest of Footnote sees of the ledger, the index and the embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType

from vectorstore.backup import back_up
from vectorstore.catalogue import Catalogue
from vectorstore.database import Database
from vectorstore.embedding import Embedding, Progress
from vectorstore.errors import ArchiveError, ArticleNotFound
from vectorstore.exact import ExactSearch, cosines
from vectorstore.health import Health
from vectorstore.ledger import Ledger as SqliteLedger
from vectorstore.mirror import Mirror
from vectorstore.once import once
from vectorstore.opening import open_ledger
from vectorstore.passage import Passage
from vectorstore.place import Address, located
from vectorstore.protocols import Ledger, Passages
from vectorstore.putting import Item, Putting
from vectorstore.records import Filter
from vectorstore.reembedding import check_model, reembed
from vectorstore.removed import set_aside
from vectorstore.served import ServedMirror
from vectorstore.vectors import Vectors, unpacked

_WIDER = 8  # times as many are fetched under a filter; Chroma's own takes 50 times as long


class Store(Catalogue):
    """An archive's articles and passages, searchable by meaning and by word.

    In a folder one program writes and any number read; in PostgreSQL any number write, on any
    machine. Many threads may use one store.
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
        super().__init__(ledger)
        self.embedding = embedding
        self._passages = passages
        self._exact = exact
        self._mirror = mirror
        self._opened = opened  # closes them all
        self._putting = Putting(embedding, ledger, passages)

    @classmethod
    def open(
        cls,
        path: str | Path | Address,
        *,
        embedding: Embedding | None = None,
        chroma_url: str | None = None,
        chroma_wait: float = 20.0,
        read_only: bool = False,
        reset_embedding: bool = False,
        on_progress: Progress | None = None,
    ) -> Store:
        """Open the archive at `path`, making it if it is missing.

        Args:
            path: the archive's folder, or the address of its PostgreSQL database.
            embedding: the model; None takes the packaged one.
            chroma_url: a Chroma server to use; None runs Chroma inside this process for an archive
                in a folder, and searches exactly in one in PostgreSQL.
            chroma_wait: seconds to wait for that server, trying again included.
            read_only: only search, beside a program that writes; exactly, unless the index is on a
                server.
            reset_embedding: embed everything anew if the archive has another model's vectors.
            on_progress: told of embedding anew and of indexing.

        Raises:
            ArchiveBusy: another program has it open for writing.
            ModelMismatch: it was embedded with another model.
            ArchiveError: it cannot be used; the message says what to do.
        """
        place = located(path)
        embedding = embedding or Embedding.open()
        with ExitStack() as opened:
            ledger, passages = open_ledger(place, opened, read_only=read_only)
            if reset_embedding:
                reembed(ledger, passages, embedding, on_progress)
            check = partial(check_model, place, ledger, embedding)
            check()
            if not read_only:
                ledger.note(embedding=embedding.identity)
            mirror: Mirror | None = None
            folder = place if isinstance(place, Path) else None
            if chroma_url:
                mirror = ServedMirror(
                    ledger,
                    passages,
                    folder,
                    on_progress,
                    url=chroma_url,
                    wait=chroma_wait,
                    read_only=read_only,
                    check=check,
                )
            elif folder and not read_only:
                mirror = Mirror(ledger, passages, folder, on_progress)
            if mirror:
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

    @property
    def folder(self) -> Path:
        """Where the archive lies; `ArchiveError` if that is no folder."""
        return self._database().path.parent

    def _database(self) -> Database:
        """The ledger's file."""
        if isinstance(self._ledger, SqliteLedger):
            return self._ledger.database
        raise ArchiveError(
            "An archive in PostgreSQL is looked after with its own tools, such as pg_dump;"
            " `footnote move` copies it into a folder."
        )

    @once
    def health(self) -> Health:
        """Looks the ledger through."""
        return Health(self._database(), self.embedding.dimension)

    def index_trouble(self) -> str:
        """Why the vector index cannot serve as it is, told without opening it; "" if it can."""
        mirror = self._mirror or Mirror(self._ledger, self._passages, self.folder, None)
        return mirror.trouble()

    def sync(self) -> None:
        """Bring the vector index in step with the ledger, or build it anew."""
        if self._mirror:
            self._mirror.sync()

    def backup(self, file: Path) -> None:
        """Write the archive to one file, uploads included. Raises `ArchiveError`."""
        back_up(self._database(), file)

    def put(self, items: Sequence[Item], on_progress: Progress | None = None) -> None:
        """Put whole articles in, each in the place of what had its id.

        What is committed stays, whatever happens next. Texts that are embedded already are not
        embedded again.

        Args:
            items: articles, each with its passages and a hash of its content.
            on_progress: told of the embedding.
        """
        self._putting.put(items, on_progress)
        self.sync()

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out; ids that are not there do no harm."""
        self._ledger.remove(article_ids)
        self.sync()

    def set_aside(self, article_id: str) -> None:
        """Take an article out so that it can come back. Raises `ArticleNotFound`."""
        set_aside(self._ledger, article_id)
        self.sync()

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article in their order; none where it is not there."""
        rows = self._passages.rows(Filter(article_ids=(article_id,)))
        ids = self._passages.ids(map(int, rows))
        return self._passages.with_ids([ids[row] for row in sorted(ids)])

    def dense(self, query: str, top_k: int, where: Filter | None = None) -> list[tuple[str, float]]:
        """The passages nearest in meaning: passage ids with cosines, best first.

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
        """The passages that hold words of the query: passage ids with BM25 scores, best first."""
        return self._passages.lexical(query, top_k, where)

    def frequency(self, word: str) -> float:
        """The share of all passages that hold `word`, in any of its endings."""
        return self._passages.count_holding(word) / max(self.count()[1], 1)

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages in the order asked for; any that are gone are left out."""
        return self._passages.with_ids(passage_ids)

    def vectors(self, passage_ids: Sequence[str]) -> Vectors:
        """The passages' vectors: float32 `[n, dimension]`, normalised.

        Raises:
            ArticleNotFound: a passage is gone.
        """
        found = self._passages.vectors_of(passage_ids)
        for passage_id in passage_ids:
            if passage_id not in found:
                raise ArticleNotFound(f"The passage {passage_id!r} is gone: search again.")
        return unpacked([found[passage_id] for passage_id in passage_ids])

    def cosines(self, query: str, passage_ids: Sequence[str]) -> dict[str, float]:
        """How near each passage is in meaning, in the order asked for; any gone are left out."""
        found = self._passages.vectors_of(passage_ids)
        kept = [id_ for id_ in passage_ids if id_ in found]
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
