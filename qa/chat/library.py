"""The archive's part of the page: its articles, the filters, what is put in and taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import gradio as gr

from qa import Article, Assistant, FileResult, FootnoteError, Overview
from qa.chat import shelf
from qa.chat.article import cut_away, passages, removed, whole_article
from qa.chat.drawer import Drawer
from qa.chat.evidence import evidence, places
from qa.chat.faults import line
from qa.chat.html import failure
from qa.chat.scope import Scope
from qa.chat.turn import Talk
from qa.chat.uploads import Uploads
from qa.chat.visitor import visitor_of


class Library:
    """Each method that takes an event or what was typed answers one event of the page."""

    def __init__(self, assistant: Assistant, uploads: Uploads, drawer: Drawer) -> None:
        self._assistant = assistant
        self._uploads = uploads
        self._drawer = drawer

    # What is read

    def open(self, talk: Talk, place: str, event: gr.EventData, request: gr.Request) -> str:
        """The evidence for a footnote, or an article from the list."""
        asked: dict[str, str] = event._data
        if "article" in asked:
            article = self._article(asked["article"])
            if not isinstance(article, Article):
                return failure(line(article))
            return self._viewed(article, asked, may_change=visitor_of(request).may_change)
        index, name = int(asked["turn"]), asked["place"]
        try:
            known = places(self._drawer.resumed(talk, place, request).turns[index].answer)
            article = self._article(known[name].article_id)
        except (IndexError, KeyError):  # the server was started anew beneath an open page
            return failure("This conversation has ended. Reload the page and ask again.")
        return evidence(index, known, name, article, whole="whole" in asked)

    def _viewed(self, article: Article, asked: dict[str, str], *, may_change: bool) -> str:
        """The article, in the view that is asked for."""
        if asked.get("view") == "passages":
            words = asked.get("words", "").strip()
            found = self._assistant.passages(article.id)
            if words:
                top = len(found)
                found = self._assistant.search(words, top, article_ids=[article.id])
            return passages(article, found, words)
        if asked.get("view") == "cuts":
            if not may_change:  # it reads the file in a process of its own, for each who asks
                return cut_away(article, "You may ask, but not look at what was cut.")
            try:
                return cut_away(article, self._assistant.left_out(article.id))
            except FootnoteError as error:
                return cut_away(article, line(error))
        return whole_article(article, may_change=may_change)

    def find(self, wanted: str) -> str:
        return self.listing(self._assistant.overview(), wanted)

    def listing(self, held: Overview, wanted: str) -> str:
        found = self._assistant.find(wanted)
        return shelf.listing(found, held.articles, narrowed=bool(wanted.strip()))

    def _article(self, article_id: str) -> Article | FootnoteError:
        try:
            return self._assistant.article(article_id)
        except FootnoteError as error:
            return error

    # Which of it may answer, and who writes

    def choose(self, scope: Scope, event: gr.EventData) -> tuple[Scope, str]:
        """What the fields say now: an outlet that is chosen comes to those that were."""
        chosen: dict[str, str] = event._data
        scope = replace(scope, as_of=_day(chosen["as_of"]), llm=chosen.get("llm") or None)
        scope = scope.within(_day(chosen["since"]), _day(chosen["until"]))
        scope = scope.of(chosen["outlet"]) if chosen["outlet"] else scope
        return scope, self.filters(scope)

    def narrow(self, scope: Scope, event: gr.EventData) -> tuple[Scope, str]:
        """Ask about an article from now on, or about outlets, or a period."""
        told: dict[str, str] = event._data
        if "article" in told:
            article = self._article(told["article"])
            if isinstance(article, Article):
                scope = scope.about(article.id, article.title)
        if told.get("outlet"):
            scope = scope.of(told["outlet"])
        if told.get("since") or told.get("until"):
            scope = scope.within(_day(told.get("since", "")), _day(told.get("until", "")))
        return scope, self.filters(scope)

    def drop(self, scope: Scope, event: gr.EventData) -> tuple[Scope, str]:
        """Take one narrowing off, or all."""
        scope = scope.without(event._data["kind"], event._data.get("value", ""))
        return scope, self.filters(scope)

    def filters(self, scope: Scope) -> str:
        return shelf.filters(self._assistant.outlets(), scope, self._writers())

    def _writers(self) -> list[str]:
        """The language models that may write; the one that is set comes first."""
        usual = self._assistant.language_model
        if not usual:
            return []
        try:
            offered = self._offered
        except FootnoteError:  # whoever asks a question is told why
            offered = []
        return [usual, *(name for name in offered if name != usual)]

    @cached_property
    def _offered(self) -> list[str]:
        """What the server offers, asked for until it has answered once."""
        return self._assistant.language_models()

    # What is put in and taken out

    def discard(self, event: gr.EventData, request: gr.Request) -> str:
        """Take an article out of the archive, for whoever may."""
        if not visitor_of(request).may_change:
            return failure("You may ask, but not remove articles.")
        article = self._article(str(event.article))
        if not isinstance(article, Article):
            return failure(line(article))
        try:
            self._assistant.remove(article.id)
        except Exception as error:
            return failure(line(error))
        return removed(article, may_change=True)

    def undo(self, event: gr.EventData, request: gr.Request) -> str:
        """Bring an article back that was removed."""
        if not visitor_of(request).may_change:
            return failure("You may ask, but not add articles.")
        try:
            return whole_article(self._assistant.bring_back(str(event.article)), may_change=True)
        except Exception as error:
            return failure(line(error))

    def put_back(self, event: gr.EventData, request: gr.Request) -> str:
        """Put a paragraph that was cut back into its article, or cut it again."""
        if not visitor_of(request).may_change:
            return failure("You may ask, but not change articles.")
        told: dict[str, str] = event._data
        try:
            self._assistant.put_back(told["article"], told["words"], back="back" in told)
            article = self._assistant.article(told["article"])
            return cut_away(article, self._assistant.left_out(article.id))
        except Exception as error:
            return failure(line(error))

    def add(self, event: gr.EventData, request: gr.Request) -> Iterator[str]:
        """Read the files that were sent into the archive, and say what became of each."""
        told: dict[str, Any] = event._data
        visitor = visitor_of(request)
        if not visitor.may_change:
            yield failure("You may ask, but not add articles.")
            return
        refused = [
            FileResult(path=str(name), result="skipped", reason=str(why))
            for name, why in told["refused"]
        ]
        found = {self._uploads.find(visitor, str(name)) for name in told["kept"]}
        steps: Queue[str | None] = Queue()

        def work() -> None:
            try:
                self._assistant.overview()  # an archive that is gone takes no files
                done = self._read([path for path in found if path], steps)
                steps.put(shelf.report([*done, *refused]))
            except Exception as error:
                steps.put(failure(line(error)))
            steps.put(None)

        Thread(target=work).start()
        yield from iter(steps.get, None)

    def _read(self, paths: list[Path], steps: Queue[str | None]) -> list[FileResult]:
        """What became of each file; what holds no article is not kept."""
        earlier = {path.absolute(): self._uploads.replaced(path) for path in paths}
        done = self._assistant.ingest(
            *sorted(paths), on_progress=lambda *step: steps.put(shelf.progress(*step))
        )
        left_out = {file.path for file in done.skipped}
        back = []
        for path in paths:
            before = earlier[path.absolute()]
            if str(path) in left_out and before:
                before.replace(path)
                back.append(path)
            elif str(path) in left_out:
                path.unlink(missing_ok=True)
        if back:  # what the new file said may have taken the article with it
            self._assistant.ingest(*back)
        restored = set(back)
        return [
            _told(file, earlier.get(Path(file.path).absolute()))
            for file in done.files
            if not (file.result == "removed" and Path(file.path) in restored)
        ]


def _told(file: FileResult, earlier: Path | None) -> FileResult:
    """With where its earlier version lies, where it took that one's place."""
    if not earlier or file.result == "skipped":
        return file
    kept = f"its earlier version is kept as {earlier.parent.name}/{earlier.name}"
    return replace(file, reason=kept)


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
