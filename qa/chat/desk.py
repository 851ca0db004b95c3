"""What the page does: each event of the page is one method."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import gradio as gr

from qa import Answer, Article, Assistant, FootnoteError
from qa.chat import offers, shelf
from qa.chat.conversation import conversation, latest, welcome
from qa.chat.drawer import Drawer
from qa.chat.evidence import evidence, places, whole_article
from qa.chat.html import failure
from qa.chat.owner import owner
from qa.chat.scope import Scope
from qa.chat.turn import Talk, Turn, history
from qa.chat.uploads import keep

log = logging.getLogger("footnote")


class Desk:
    """What the page does: each method answers one event and returns what the page then shows."""

    def __init__(self, assistant: Assistant, uploads: Path, drawer: Drawer) -> None:
        self._assistant = assistant
        self._uploads = uploads
        self._drawer = drawer

    def arrive(
        self, talk: Talk, scope: Scope, wanted: str, place: str, request: gr.Request
    ) -> tuple[Any, ...]:
        """Masthead, conversation, latest turn, filters, list and drawer as the archive stands.

        Args:
            place: the address's `#…`, which may name a conversation to go on with.
        """
        articles = self._assistant.articles()
        talk = self._talk(talk, place, request)
        return (
            talk,
            shelf.masthead(len(articles)),
            *(conversation(talk.turns) if talk.turns else self._welcome(articles, place)),
            self._filters(scope),
            shelf.listing(articles, wanted),
            self._drawer.shown(owner(request), talk),
        )

    def ask(
        self, question: str, talk: Talk, scope: Scope, place: str, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Answer sentence by sentence.

        Yields the question box, the conversation, what was said before, the latest turn (which
        alone grows), what is read out at the end, the evidence and the offers, which a new
        question empties, and the drawer.
        """
        if not question.strip():
            yield gr.skip(), talk, *[gr.skip()] * 6
            return
        talk = self._talk(talk, place, request)
        yield from self._answer(question.strip(), talk, len(talk.turns), scope, owner(request))

    def ask_example(
        self, talk: Talk, scope: Scope, place: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        yield from self.ask(event.question, talk, scope, place, request)

    def ask_again(
        self, talk: Talk, scope: Scope, place: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Put the latest question again, as it was or as it was mended, in place of its answer."""
        talk = self._talk(talk, place, request)
        question = str(event._data["text"]).strip()
        if "wide" in event._data:
            scope = Scope(llm=scope.llm)
        if talk.turns and question:
            yield from self._answer(question, talk, len(talk.turns) - 1, scope, owner(request))
        else:
            yield gr.skip(), talk, *[gr.skip()] * 6

    def _answer(
        self, question: str, talk: Talk, number: int, scope: Scope, whose: str
    ) -> Iterator[tuple[Any, ...]]:
        """Answer as the turn of that number, which what was there makes room for."""
        before = history(talk.turns[:number])
        turn = Turn(question=question, scope=scope, began=time.time())
        talk = self._drawer.begun(talk).put(number, turn)
        self._drawer.keep(whose, talk)
        drawer = self._drawer.shown(whose, talk)
        yield _busy(), talk, *conversation(talk.turns), "", "", "", drawer
        try:
            answers = self._assistant.stream(question, before, **scope.asked())
            with closing(answers):  # whoever stops listening ends the writing
                for answer in answers:
                    if answer == turn.answer:  # nothing new yet; is anybody there?
                        yield (gr.skip(),) * 8
                        continue
                    turn = replace(turn, answer=answer)
                    talk = talk.put(number, turn)
                    yield gr.skip(), talk, gr.skip(), latest(talk.turns), *[gr.skip()] * 4
        except Exception as error:
            turn = replace(turn, error=_line(error))
        turn = replace(turn, finished=True)
        talk = talk.put(number, turn)
        self._drawer.keep(whose, talk)
        yield _ready(), talk, gr.skip(), latest(talk.turns), turn.spoken(), *[gr.skip()] * 3

    def mend(self, event: gr.EventData) -> str:
        """The question as it was understood, for the question box."""
        return str(event.question)

    def stop(self, talk: Talk, request: gr.Request) -> tuple[Any, Talk, str]:
        """What was said until now stays."""
        if talk.turns and not talk.turns[-1].finished:
            talk = talk.put(len(talk.turns) - 1, replace(talk.turns[-1], finished=True))
            self._drawer.keep(owner(request), talk)
        return _ready(), talk, latest(talk.turns)

    def restart(self, request: gr.Request) -> tuple[Any, ...]:
        """A new conversation; the one before stays in the drawer."""
        talk = Talk()
        drawer = self._drawer.shown(owner(request), talk)
        return _ready(), talk, *self._welcome(self._assistant.articles()), "", drawer

    def resume(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """A conversation from the drawer, to be read or gone on with."""
        place = f"#{event._data['talk']}"
        talk = self._drawer.talk(owner(request), place)
        shown = conversation(talk.turns) if talk.turns else self._welcome([], place)
        return _ready(), talk, *shown, "", self._drawer.shown(owner(request), talk)

    def _talk(self, talk: Talk, place: str, request: gr.Request) -> Talk:
        """The conversation of this page; after a restart of the server, from the drawer."""
        return talk if talk.turns else self._drawer.talk(owner(request), place)

    def _welcome(self, articles: list[Article], place: str = "") -> tuple[str, str]:
        lost = failure("That conversation is not kept here, or not for you.") if place else ""
        return lost + welcome(articles, self._assistant.suggestions()), ""

    def search(
        self, talk: Talk, place: str, event: gr.EventData, request: gr.Request
    ) -> tuple[Talk, str, str]:
        """More passages beside those that came nearest to a question that was refused."""
        talk, number = self._talk(talk, place, request), int(event._data["turn"])
        with suppress(IndexError, FootnoteError):
            talk = talk.amend(number, self._searched(talk.turns[number]))
            self._drawer.amend(owner(request), talk, number)
        return talk, *conversation(talk.turns)

    def _searched(self, turn: Turn) -> Turn:
        if turn.answer is None:
            return turn
        answer, words = turn.answer, turn.answer.understood or turn.question
        found = self._assistant.search(words, **turn.scope.filters())
        known = {(hit.article_id, hit.start) for hit in answer.nearest}
        others = [hit for hit in found if (hit.article_id, hit.start) not in known]
        return replace(turn, answer=replace(answer, nearest=(*answer.nearest, *others)))

    def after(self, talk: Talk) -> Iterator[str]:
        """What comes to mind once an answer stands: drawn one by one, and never waited for."""
        turn = talk.turns[-1] if talk.turns else None
        if turn is None or turn.answer is None or turn.error:
            return
        if not turn.answer.answered and turn.scope:
            yield self._wider(talk)
        elif turn.answer.citations:
            yield from self._next(turn.answer, turn.scope)

    def _next(self, answer: Answer, scope: Scope) -> Iterator[str]:
        """Questions to go on with, as each is found to be answered."""
        found: list[str] = []
        with suppress(FootnoteError):  # an article that went meanwhile
            for question in self._assistant.follow_ups(answer, **scope.filters()):
                found.append(question)
                yield offers.following(found)

    def _wider(self, talk: Talk) -> str:
        """An offer, where it was a filter that hid the answer."""
        turn, before = talk.turns[-1], history(talk.turns[:-1])
        try:
            wide = self._assistant.ask(turn.question, before, llm="none")
        except FootnoteError:
            return ""
        return offers.wider(turn, wide) if wide.answered and wide.citations else ""

    def open(self, talk: Talk, place: str, event: gr.EventData, request: gr.Request) -> str:
        """The evidence for a footnote, or an article from the list."""
        asked: dict[str, str] = event._data
        if "article" in asked:
            article = self._article(asked["article"])
            return (
                whole_article(article) if isinstance(article, Article) else failure(_line(article))
            )
        index, name = int(asked["turn"]), asked["place"]
        try:
            known = places(self._talk(talk, place, request).turns[index].answer)
            article = self._article(known[name].article_id)
        except (IndexError, KeyError):  # the server was started anew beneath an open page
            return failure("This conversation has ended. Reload the page and ask again.")
        return evidence(index, known, name, article, whole="whole" in asked)

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

    def add(self, files: list[str]) -> Iterator[str]:
        """Keep copies of the files, read them into the archive, and say what became of them."""
        steps: Queue[str | None] = Queue()

        def work() -> None:
            try:
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
