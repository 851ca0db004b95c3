"""What the page does: each event of the page is one method."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property
from math import ceil
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import gradio as gr

from qa import Article, Assistant, FootnoteError, IngestReport, Skipped
from qa.chat import shelf
from qa.chat.conversation import Turn, conversation, latest, welcome
from qa.chat.evidence import evidence, places, removed, whole_article
from qa.chat.html import failure
from qa.chat.pace import Pace
from qa.chat.scope import Scope
from qa.chat.uploads import Uploads
from qa.chat.visitor import visitor_of

log = logging.getLogger("footnote")
_FOLDERS = re.compile(r"(?<![\w:/.])/(?:[^\s/]+/)+")  # of an absolute path, not of an address
_READ = 2000  # characters of a question that are shown; the assistant reads no more


class Desk:
    """What the page does: each method answers one event and returns what the page then shows."""

    def __init__(self, assistant: Assistant, uploads: Uploads) -> None:
        self._assistant = assistant
        self._uploads = uploads
        self._pace = Pace(at_once=60, a_second=1)  # of one visitor's questions

    def arrive(
        self, turns: list[Turn], scope: Scope, wanted: str, request: gr.Request
    ) -> tuple[str, str, str, str, str, str]:
        """Masthead, conversation, latest turn, filters, heading and list as the archive stands."""
        articles = self._assistant.articles()
        visitor = visitor_of(request)
        return (
            shelf.masthead(len(articles), visitor.name),
            *(conversation(turns) if turns else self._welcome(articles)),
            self._filters(scope),
            shelf.heading(may_add=visitor.may_change),
            shelf.listing(articles, wanted),
        )

    def ask(
        self, question: str, turns: list[Turn], scope: Scope, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Answer sentence by sentence.

        Yields the question box, the turns, what was said before, the latest turn (which alone
        grows), what is read out at the end, and the evidence, which a new question empties.
        """
        if not question.strip():
            yield gr.skip(), turns, *[gr.skip()] * 4
            return
        history = [message for turn in turns for message in turn.messages()]
        turn = Turn(question=_shown(question.strip()), scope=scope)
        yield _busy(), [*turns, turn], *conversation([*turns, turn]), "", ""
        try:
            if wait := self._pace.wait(visitor_of(request).key):
                raise FootnoteError(f"Too many questions at once: ask again in {ceil(wait)} s.")
            answers = self._assistant.stream(question.strip(), history, **scope.asked())
            with closing(answers):  # whoever stops listening ends the writing
                for answer in answers:
                    if answer == turn.answer:  # nothing new yet; is anybody there?
                        yield (gr.skip(),) * 6
                        continue
                    turn = replace(turn, answer=answer)
                    grown = [*turns, turn]
                    yield gr.skip(), grown, gr.skip(), latest(grown), gr.skip(), gr.skip()
        except Exception as error:
            turn = replace(turn, error=_line(error))
        turns = [*turns, replace(turn, finished=True)]
        yield _ready(), turns, gr.skip(), latest(turns), turns[-1].spoken(), gr.skip()

    def ask_example(
        self, turns: list[Turn], scope: Scope, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        yield from self.ask(event.question, turns, scope, request)

    def mend(self, event: gr.EventData) -> str:
        """The question as it was understood, for the question box."""
        return str(event.question)

    def stop(self, turns: list[Turn]) -> tuple[Any, list[Turn], str]:
        turns = [replace(turn, finished=True) for turn in turns]
        return _ready(), turns, latest(turns)

    def restart(self) -> tuple[Any, list[Turn], str, str]:
        return _ready(), [], *self._welcome(self._assistant.articles())

    def _welcome(self, articles: list[Article]) -> tuple[str, str]:
        return welcome(articles, self._assistant.suggestions()), ""

    def open(self, turns: list[Turn], event: gr.EventData, request: gr.Request) -> str:
        """The evidence for a footnote, or an article from the list."""
        asked: dict[str, str] = event._data
        if "article" in asked:
            article = self._article(asked["article"])
            if not isinstance(article, Article):
                return failure(_line(article))
            return whole_article(article, may_remove=visitor_of(request).may_change)
        index, place = int(asked["turn"]), asked["place"]
        try:
            known = places(turns[index].answer)
            article = self._article(known[place].article_id)
        except (IndexError, KeyError):  # the server was started anew beneath an open page
            return failure("This conversation has ended. Reload the page and ask again.")
        return evidence(index, known, place, article, whole="whole" in asked)

    def discard(self, event: gr.EventData, request: gr.Request) -> str:
        """Take an article out of the archive, for whoever may."""
        if not visitor_of(request).may_change:
            return failure("You may ask, but not remove articles.")
        article = self._article(str(event.article))
        if not isinstance(article, Article):
            return failure(_line(article))
        try:
            self._assistant.remove(article.id)
        except Exception as error:
            return failure(_line(error))
        return removed(article)

    def find(self, wanted: str) -> str:
        return shelf.listing(self._assistant.articles(), wanted)

    def choose(self, event: gr.EventData) -> tuple[Scope, str]:
        """The filters, as the page has them now."""
        chosen: dict[str, str] = event._data
        scope = Scope(
            outlet=chosen["outlet"] or None,
            since=_day(chosen["since"]),
            until=_day(chosen["until"]),
            llm=chosen.get("llm") or None,
        )
        return scope, self._filters(scope)

    def _filters(self, scope: Scope) -> str:
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

    def add(self, event: gr.EventData, request: gr.Request) -> Iterator[str]:
        """Read the files that were sent into the archive, and say what became of each."""
        told: dict[str, Any] = event._data
        visitor = visitor_of(request)
        if not visitor.may_change:
            yield failure("You may ask, but not add articles.")
            return
        refused = [Skipped(str(name), str(why)) for name, why in told["refused"]]
        found = {self._uploads.find(visitor, str(name)) for name in told["kept"]}
        steps: Queue[str | None] = Queue()

        def work() -> None:
            try:
                done = self._read([path for path in found if path], steps)
                steps.put(shelf.report(replace(done, skipped=[*done.skipped, *refused])))
            except Exception as error:
                steps.put(failure(_line(error)))
            steps.put(None)

        Thread(target=work).start()
        yield from iter(steps.get, None)

    def _read(self, paths: list[Path], steps: Queue[str | None]) -> IngestReport:
        done = self._assistant.ingest(
            *sorted(paths), on_progress=lambda *step: steps.put(shelf.progress(*step))
        )
        left_out = {file.path for file in done.skipped}
        for path in paths:  # what holds no article is not kept
            if str(path) in left_out:
                path.unlink(missing_ok=True)
        return done

    def _article(self, article_id: str) -> Article | FootnoteError:
        try:
            return self._assistant.article(article_id)
        except FootnoteError as error:
            return error


def _line(error: Exception) -> str:
    """One line for the person; anything unforeseen goes to the log in full.

    Where things lie on this machine is nobody's business but that of who runs it.
    """
    if isinstance(error, FootnoteError):
        line = _FOLDERS.sub("", str(error))
        if line != str(error):
            log.error("%s", error)
        return line
    log.exception("The chat met an error that it did not foresee", exc_info=error)
    return "Something went wrong here. The terminal that runs Footnote has the details."


def _shown(question: str) -> str:
    """As much of it as is read, and a sign that there was more."""
    return question if len(question) <= _READ else f"{question[:_READ]} …"


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _busy() -> Any:
    return gr.Textbox(value="", submit_btn=False, stop_btn="Stop")


def _ready() -> Any:
    return gr.Textbox(submit_btn="Ask", stop_btn=False)
