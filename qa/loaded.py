"""What an assistant answers with: each part is loaded once, when it is first used."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING

from qa.config import NO_MODEL, Config
from qa.records import Filter
from vectorstore.once import once

if TYPE_CHECKING:
    from qa.answering.answerer import Answerer
    from qa.answering.draft import Drafter
    from qa.answering.gathering.sources import Sources
    from qa.checking.checker import Checker
    from qa.reader.protocol import Reader
    from qa.retrieval.ranking import RankedRetriever
    from vectorstore.store import Store


class Loaded:
    """The reader, the sources and the drafters over one archive. Many threads may use it."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store = store
        self._config = config
        self._guard = Lock()
        self._writers: dict[str, Drafter] = {}  # by the language model's name
        self._running = ExitStack()  # ends what runs for it

    def close(self) -> None:
        """End the threads that read. Calling it again does nothing."""
        self._running.close()

    def retriever(self, top_k: int, where: Filter | None) -> RankedRetriever:
        """Finds passages and ranks them by what the reader makes of them."""
        from qa.retrieval.ranking import RankedRetriever
        from qa.retrieval.retriever import HybridRetriever

        read = self._config.read
        found = HybridRetriever(
            self._store,
            top_k=max(top_k, read),
            candidates=self._config.candidates,
            where=where,
        )
        return RankedRetriever(found, self._reader, read=read, top_k=top_k)

    def answerer(self, llm: str | None) -> Answerer:
        """Answers by that language model; None: by the one that is set, if there is."""
        from qa.answering.answerer import Answerer

        name = self._config.llm if llm is None else llm
        if not name or name == NO_MODEL:
            return Answerer(self._sources, check=self._sources.checker.check)
        with self._guard:
            if name not in self._writers:
                self._writers[name] = self._writer(name)
        return Answerer(self._sources, drafter=self._writers[name])

    @property
    def checker(self) -> Checker:
        """Judges sentences by their quotes, with the models that are loaded already."""
        return self._sources.checker

    @once
    def _reader(self) -> Reader:
        from qa.reader.choice import choose

        reader = choose(self._config.reader, self._store.embedding.encode)
        self._running.callback(reader.close)
        return reader

    @once
    def _sources(self) -> Sources:
        from qa.answering.gathering.sources import Sources

        sources = Sources(
            self._store,
            self._reader,
            read=self._config.read,
            candidates=self._config.candidates,
            threshold=self._config.threshold,
        )
        self._running.callback(sources.close)
        return sources

    def _writer(self, name: str) -> Drafter:
        from qa.answering.drafting.extractive import Extractive
        from qa.answering.drafting.prose import Prose
        from qa.llm.model import LanguageModel

        return Prose(
            LanguageModel(self._config, name), self._sources.checker.check, otherwise=Extractive()
        )
