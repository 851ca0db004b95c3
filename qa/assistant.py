"""The one door to Footnote: open an archive, put articles in, ask."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from qa.config import NO_MODEL, Config
from qa.holdings import Holdings
from qa.loaded import Loaded
from qa.records import (
    Answer,
    Citation,
    Filter,
    Hit,
    Verdict,
)
from qa.selecting import Day, Outlets, day, selection
from vectorstore.place import located

if TYPE_CHECKING:
    from llama_index.core.query_engine import CustomQueryEngine
    from llama_index.core.retrievers import BaseRetriever

    from qa.answering.understanding.followups import History
    from qa.ingestion import Progress
    from vectorstore.place import Address
    from vectorstore.store import Store

_NEWEST = 40  # articles from which example questions are drawn


class Assistant(Holdings):
    """An archive of articles that answers questions with footnotes.

    Many threads may ask at once. Use it as a context manager, or call `close()`.
    """

    def __init__(self, store: Store, config: Config) -> None:
        super().__init__(store, config)
        self._loaded = Loaded(store, config)

    @classmethod
    def open(
        cls,
        path: str | Path | Address | None = None,
        *,
        config: Config | None = None,
        read_only: bool = False,
        reindex: bool = False,
        on_progress: Progress | None = None,
    ) -> Assistant:
        """Open the archive at `path`, making it if it is missing.

        Args:
            path: the archive's folder, or `postgresql://…`; None takes what `config` names.
            config: the settings; None reads the environment.
            read_only: only ask and search; any number of programs may, beside one that writes.
            reindex: embed every article again, with the model set now.
            on_progress: told of long work at opening, such as rebuilding the index.

        Raises:
            ArchiveBusy: another program has the archive open for writing.
            ArchiveError: the archive cannot be used; the message says what to do.
        """
        from vectorstore.embedding import Embedding
        from vectorstore.store import Store

        config = config or Config.from_environment()
        if path is not None:
            config = replace(config, archive=located(path))
        store = Store.open(
            config.archive,
            embedding=Embedding.open(config.embedding),
            chroma_url=config.chroma_url,
            chroma_wait=config.chroma_wait,
            read_only=read_only,
            reset_embedding=reindex,
            on_progress=on_progress,
        )
        return cls(store, config)

    def close(self) -> None:
        """Close the archive, and end what reads. Calling it again does nothing."""
        self._store.close()
        self._loaded.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def suggestions(self, n: int = 4) -> list[str]:
        """Up to `n` example questions drawn from the newest articles."""
        from qa.answering.suggestions import suggest

        return suggest(self._store.articles(limit=_NEWEST), n)

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
        outlet: Outlets = None,
        since: Day = None,
        until: Day = None,
        as_of: Day = None,
        article_ids: Sequence[str] | None = None,
        llm: str | None = None,
    ) -> Answer:
        """Answer `question` from the articles, or say that they don't.

        Args:
            question: in plain words.
            history: what was said before, oldest first, as `{"role": …, "content": …}`; a
                follow-up is understood from it.
            outlet: only articles of this outlet, or of any of these, in any case.
            since: only articles published on this day or later (a date, or "2024-09-04").
            until: only articles published on this day or earlier.
            as_of: what was known on this day: only articles published by then answer, and the
                answer says so. The question may name it itself ("as of June 2024").
            article_ids: only these articles.
            llm: the language model that is to write the answer, "none" for the articles' own
                sentences; None takes the one that is set, if there is. Whatever goes wrong with
                it is a line in `notes`, and the answer is the articles' own.
        """
        where = selection(outlet, since, until, article_ids)
        return self._loaded.answerer(llm).answer(question, history, where, day(as_of))

    def stream(
        self,
        question: str,
        history: History | None = None,
        *,
        outlet: Outlets = None,
        since: Day = None,
        until: Day = None,
        as_of: Day = None,
        article_ids: Sequence[str] | None = None,
        llm: str | None = None,
    ) -> Generator[Answer]:
        """Yield the answer as it grows, each time by a sentence that was checked.

        The last one is what `ask` returns. While a language model writes, the same answer comes
        again from time to time; closing the iterator ends its writing.
        """
        where = selection(outlet, since, until, article_ids)
        return self._loaded.answerer(llm).stream(question, history, where, day(as_of))

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
        outlet: Outlets = None,
        since: Day = None,
        until: Day = None,
        article_ids: Sequence[str] | None = None,
    ) -> list[Hit]:
        """The passages nearest to `query`, best first: `top_k` of them, if there are."""
        from qa.answering.hearing import heard
        from qa.answering.hits import hit

        where = selection(outlet, since, until, article_ids)
        retriever = self._loaded.retriever(top_k, where)
        return [hit(passage) for passage in retriever.retrieve(heard(query))]

    def check(self, sentence: str, quotes: Sequence[str | Citation]) -> Verdict:
        """Whether `quotes`, all together, carry `sentence`: exact rules, then the models."""
        return self._loaded.checker.check(sentence, quotes)

    # For LlamaIndex

    def as_retriever(self, top_k: int = 10, *, where: Filter | None = None) -> BaseRetriever:
        """The archive as a LlamaIndex retriever."""
        from qa.llamaindex import FootnoteRetriever

        return FootnoteRetriever(self._loaded.retriever(top_k, where).retrieve)

    def as_query_engine(self) -> CustomQueryEngine:
        """The assistant as a LlamaIndex query engine; citations are the response's source nodes."""
        from qa.llamaindex import FootnoteQueryEngine

        return FootnoteQueryEngine(ask=self.ask)
