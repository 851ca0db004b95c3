"""What the page does: each event of the page is one method."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import gradio as gr

from qa import Article, Assistant, FootnoteError, Overview
from qa.chat import shelf
from qa.chat.conversation import Turn, conversation, latest, welcome
from qa.chat.evidence import evidence, places, whole_article
from qa.chat.html import failure
from qa.chat.scope import Scope
from qa.chat.uploads import keep

log = logging.getLogger("footnote")


class Desk:
    """What the page does: each method answers one event and returns what the page then shows."""

    def __init__(self, assistant: Assistant, uploads: Path) -> None:
        self._assistant = assistant
        self._uploads = uploads

    def arrive(
        self, turns: list[Turn], scope: Scope, wanted: str
    ) -> tuple[str, str, str, str, str]:
        """Masthead, conversation, latest turn, filters and list as the archive stands."""
        held = self._assistant.overview()
        return (
            shelf.masthead(held.articles),
            *(conversation(turns) if turns else self._welcome(held)),
            self._filters(scope),
            self._listing(held, wanted),
        )

    def ask(self, question: str, turns: list[Turn], scope: Scope) -> Iterator[tuple[Any, ...]]:
        """Answer sentence by sentence.

        Yields the question box, the turns, what was said before, the latest turn (which alone
        grows), what is read out at the end, and the evidence, which a new question empties.
        """
        if not question.strip():
            yield gr.skip(), turns, *[gr.skip()] * 4
            return
        history = [message for turn in turns for message in turn.messages()]
        turn = Turn(question=question.strip(), scope=scope)
        yield _busy(), [*turns, turn], *conversation([*turns, turn]), "", ""
        try:
            answers = self._assistant.stream(turn.question, history, **scope.asked())
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
        self, turns: list[Turn], scope: Scope, event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        yield from self.ask(event.question, turns, scope)

    def mend(self, event: gr.EventData) -> str:
        """The question as it was understood, for the question box."""
        return str(event.question)

    def stop(self, turns: list[Turn]) -> tuple[Any, list[Turn], str]:
        turns = [replace(turn, finished=True) for turn in turns]
        return _ready(), turns, latest(turns)

    def restart(self) -> tuple[Any, list[Turn], str, str]:
        return _ready(), [], *self._welcome(self._assistant.overview())

    def _welcome(self, held: Overview) -> tuple[str, str]:
        return welcome(held, self._assistant.suggestions()), ""

    def open(self, turns: list[Turn], event: gr.EventData) -> str:
        """The evidence for a footnote, or an article from the list."""
        asked: dict[str, str] = event._data
        if "article" in asked:
            article = self._article(asked["article"])
            return (
                whole_article(article) if isinstance(article, Article) else failure(_line(article))
            )
        index, place = int(asked["turn"]), asked["place"]
        try:
            known = places(turns[index].answer)
            article = self._article(known[place].article_id)
        except (IndexError, KeyError):  # the server was started anew beneath an open page
            return failure("This conversation has ended. Reload the page and ask again.")
        return evidence(index, known, place, article, whole="whole" in asked)

    def find(self, wanted: str) -> str:
        return self._listing(self._assistant.overview(), wanted)

    def _listing(self, held: Overview, wanted: str) -> str:
        return shelf.listing(self._assistant.find(wanted), held.articles, wanted)

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

    def add(self, files: list[str]) -> Iterator[str]:
        """Keep copies of the files, read them into the archive, and say what became of them."""
        steps: Queue[str | None] = Queue()

        def work() -> None:
            try:
                self._assistant.overview()  # an archive that is gone takes no files
                kept = keep(files, self._uploads)
                done = self._assistant.ingest(
                    *kept, on_progress=lambda *step: steps.put(shelf.progress(*step))
                )
                steps.put(shelf.report(done))
            except Exception as error:
                steps.put(failure(_line(error)))
            steps.put(None)

        Thread(target=work).start()
        yield from iter(steps.get, None)

    def _article(self, article_id: str) -> Article | FootnoteError:
        try:
            return self._assistant.article(article_id)
        except FootnoteError as error:
            return error


def _line(error: Exception) -> str:
    """One line for the person; anything unforeseen goes to the log in full."""
    if isinstance(error, FootnoteError):
        return str(error)
    log.exception("The chat met an error that it did not foresee", exc_info=error)
    return "Something went wrong here. The terminal that runs Footnote has the details."


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _busy() -> Any:
    return gr.Textbox(value="", submit_btn=False, stop_btn="Stop")


def _ready() -> Any:
    return gr.Textbox(submit_btn="Ask", stop_btn=False)
