"""The one door to Footnote: open an archive, put articles in, ask."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import closing
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any

from qa.config import NO_MODEL, Config
from qa.records import Answer, Article, Filter, Hit, IngestReport
from qa.selecting import Day, selection

if TYPE_CHECKING:
    from llama_index.core.query_engine import CustomQueryEngine
    from llama_index.core.retrievers import BaseRetriever

    from qa.answering.answerer import Answerer
    from qa.answering.draft import Drafter
    from qa.answering.gathering.sources import Sources
    from qa.answering.understanding.followups import History
    from qa.ingestion import Progress
    from qa.reader.protocol import Reader
    from vectorstore.store import Store


class Assistant:
    """An archive of articles that answers questions with footnotes.

    Many threads may ask at once. Use it as a context manager, or call `close()`.
    """

    def __init__(self, store: Store, config: Config) -> None:
        self._store = store
        self._config = config
        self._ingesting = Lock()
        self._writers: dict[str, Drafter] = {}  # by the language model's name

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        config: Config | None = None,
        read_only: bool = False,
        reindex: bool = False,
        on_progress: Progress | None = None,
    ) -> Assistant:
        """Open the archive at `path`, making it if it is missing.

        Args:
            path: the archive's folder; None takes the one that `config` names.
            config: the settings; None reads the environment.
            read_only: only ask and search. Any number of programs may do so, beside one that
                writes.
            reindex: embed every article again, with the model set now.
            on_progress: told of long work at opening, such as rebuilding the index.

        Raises:
            ArchiveBusy: another program has the archive open for writing.
            ArchiveError: the archive cannot be used; the message says what to do.
        """
        from vectorstore.embedding import Embedding
        from vectorstore.store import Store

        config = config or Config.from_environment()
        store = Store.open(
            Path(path) if path is not None else config.archive,
            embedding=Embedding.open(config.embedding),
            chroma_url=config.chroma_url,
            read_only=read_only,
            reset_embedding=reindex,
            on_progress=on_progress,
        )
        return cls(store, config)

    def close(self) -> None:
        """Close the archive. Calling it again does nothing."""
        self._store.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # What is in the archive

    def ingest(
        self, *paths: str | Path, prune: bool = False, on_progress: Progress | None = None
    ) -> IngestReport:
        """Read files and folders into the archive; what has not changed costs nothing.

        Args:
            paths: files or folders; folders are read recursively.
            prune: also remove the articles of these folders whose file is gone.
            on_progress: told `(stage, files done, files in all)`.

        Raises:
            UnreadableFile: a path itself does not exist. Bad files inside folders are listed in
                the report.
        """
        from qa.ingestion import ingest

        with self._ingesting:
            return ingest(
                self._store, [Path(path) for path in paths], prune=prune, on_progress=on_progress
            )

    def articles(self) -> list[Article]:
        """Every article, the newest first, undated ones last."""
        return self._store.articles()

    def article(self, article_id: str) -> Article:
        """The article with this id. Raises `ArticleNotFound`."""
        return self._store.article(article_id)

    def remove(self, article_id: str) -> None:
        """Take an article out of the archive; its file stays. Raises `ArticleNotFound`."""
        self._store.article(article_id)
        self._store.remove([article_id])

    def outlets(self) -> list[str]:
        """The outlets named in the archive, those with the most articles first."""
        return [outlet for outlet, _ in self._store.outlets() if outlet]

    def suggestions(self, n: int = 4) -> list[str]:
        """Up to `n` example questions drawn from the newest articles."""
        from qa.answering.suggestions import suggest

        return suggest(self.articles(), n)

    def follow_ups(self, answer: Answer, n: int = 3, **where: Any) -> Iterator[str]:
        """Up to `n` questions to go on with, each yielded once it was asked and answered.

        `where` narrows as in `ask`.
        """
        from qa.answering.suggestions import further

        return further(answer, self.article, partial(self.ask, llm=NO_MODEL, **where), n)

    # Asking

    def ask(
        self,
        question: str,
        history: History | None = None,
        *,
        outlet: str | None = None,
        since: Day = None,
        until: Day = None,
        llm: str | None = None,
    ) -> Answer:
        """Answer `question` from the articles, or say that they don't.

        Args:
            question: in plain words.
            history: what was said before, oldest first, as `{"role": …, "content": …}`; a
                follow-up is understood from it.
            outlet: only articles of this outlet, in any case.
            since: only articles published on this day or later (a date, or "2024-09-04").
            until: only articles published on this day or earlier.
            llm: the language model that is to write the answer, "none" for the articles' own
                sentences; None takes the one that is set, if there is. Whatever goes wrong with
                it is a line in `notes`, and the answer is the articles' own.
        """
        return self._answerer(llm).answer(question, history, selection(outlet, since, until))

    def stream(
        self,
        question: str,
        history: History | None = None,
        *,
        outlet: str | None = None,
        since: Day = None,
        until: Day = None,
        llm: str | None = None,
    ) -> Generator[Answer]:
        """Yield the answer as it grows, each time by a sentence that was checked.

        The last one is what `ask` returns. While a language model writes, the same answer comes
        again from time to time; closing the iterator ends its writing.
        """
        return self._answerer(llm).stream(question, history, selection(outlet, since, until))

    async def aask(self, question: str, history: History | None = None, **where: Any) -> Answer:
        """`ask`, without holding up the event loop."""
        return await asyncio.to_thread(self.ask, question, history, **where)

    async def astream(
        self, question: str, history: History | None = None, **where: Any
    ) -> AsyncIterator[Answer]:
        """`stream`, without holding up the event loop."""
        growing = self.stream(question, history, **where)
        with closing(growing):
            while (answer := await asyncio.to_thread(next, growing, None)) is not None:
                yield answer

    def language_models(self) -> list[str]:
        """The language models that the server offers which is set.

        Raises:
            LanguageModelError: it does not answer.
        """
        from qa.llm.offers import models

        return models(self._config)

    @property
    def language_model(self) -> str:
        """The one that writes answers if none is named; empty: the articles' own sentences."""
        return self._config.llm or ""

    def search(
        self,
        query: str,
        top_k: int = 20,
        *,
        outlet: str | None = None,
        since: Day = None,
        until: Day = None,
        article_ids: tuple[str, ...] | None = None,
    ) -> list[Hit]:
        """The passages nearest to `query`, best first: `top_k` of them, if there are."""
        from qa.answering.hits import hit

        where = selection(outlet, since, until, article_ids)
        return [hit(passage) for passage in self._retriever(top_k, where).retrieve(query)]

    # For LlamaIndex

    def as_retriever(self, top_k: int = 10, *, where: Filter | None = None) -> BaseRetriever:
        """The archive as a LlamaIndex retriever."""
        return self._retriever(top_k, where)

    def as_query_engine(self) -> CustomQueryEngine:
        """The assistant as a LlamaIndex query engine; citations are the response's source nodes."""
        from qa.answering.query_engine import query_engine

        return query_engine(self.ask)

    def _retriever(self, top_k: int, where: Filter | None) -> BaseRetriever:
        from qa.retrieval.ranking import ReaderRanking
        from qa.retrieval.retriever import HybridRetriever

        return HybridRetriever(
            self._store,
            top_k=top_k,
            candidates=self._config.candidates,
            where=where,
            ranking=ReaderRanking(self._reader, self._config.read),
            ranked=self._config.read,
        )

    @cached_property
    def _reader(self) -> Reader:
        from qa.reader.choice import choose

        return choose(self._config.reader, self._store.embedding.encode)

    @cached_property
    def _sources(self) -> Sources:
        from qa.answering.gathering.sources import Sources

        return Sources(
            self._store,
            self._reader,
            read=self._config.read,
            candidates=self._config.candidates,
            threshold=self._config.threshold,
        )

    def _answerer(self, llm: str | None) -> Answerer:
        from qa.answering.answerer import Answerer

        name = self._config.llm if llm is None else llm
        if not name or name == NO_MODEL:
            return Answerer(self._sources, check=self._sources.checker.check)
        if name not in self._writers:
            self._writers[name] = self._writer(name)
        return Answerer(self._sources, drafter=self._writers[name])

    def _writer(self, name: str) -> Drafter:
        from qa.answering.drafting.extractive import Extractive
        from qa.answering.drafting.prose import Prose
        from qa.llm.model import LanguageModel

        return Prose(
            LanguageModel(self._config, name), self._sources.checker.check, otherwise=Extractive()
        )
