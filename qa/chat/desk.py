"""What the page does: each event of a conversation is one method."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from math import ceil
from typing import Any

import gradio as gr

from qa import Answer, Assistant, FootnoteError
from qa.chat import offers, shelf
from qa.chat.conversation import conversation, latest, welcome
from qa.chat.drawer import Drawer
from qa.chat.faults import line
from qa.chat.html import failure
from qa.chat.library import Library
from qa.chat.owner import owner
from qa.chat.pace import Pace
from qa.chat.scope import Scope
from qa.chat.turn import Talk, Turn, history
from qa.chat.visitor import visitor_of

_READ = 2000  # characters of a question that are shown; the assistant reads no more


class Desk:
    """Each method that takes a request answers one event and returns what the page then shows."""

    def __init__(self, assistant: Assistant, library: Library, drawer: Drawer) -> None:
        self._assistant = assistant
        self._library = library
        self._drawer = drawer
        self._pace = Pace(at_once=60, a_second=1)  # of one visitor's questions

    def arrive(
        self, talk: Talk, scope: Scope, wanted: str, place: str, request: gr.Request
    ) -> tuple[Any, ...]:
        """Conversation, scope, masthead, what was said, latest, filters, heading, list, drawer.

        Args:
            place: the address's `#…`, which may name a conversation to go on with.
        """
        held, visitor = self._assistant.overview(), visitor_of(request)
        if not talk.turns:
            talk = self._drawer.resumed(talk, place, request)
            scope = scope if talk.scope is None else talk.scope
        return (
            talk,
            scope,
            shelf.masthead(held.articles, visitor.name),
            *(conversation(talk.turns) if talk.turns else self._welcome(place)),
            self._library.filters(scope),
            shelf.heading(may_add=visitor.may_change),
            self._library.listing(held, wanted),
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
        talk = self._drawer.resumed(talk, place, request)
        yield from self._answer(question.strip(), talk, len(talk.turns), scope, request)

    def ask_example(
        self, talk: Talk, scope: Scope, place: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        yield from self.ask(event.question, talk, scope, place, request)

    def ask_again(
        self, talk: Talk, scope: Scope, place: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Put the latest question again, as it was or as it was mended, in place of its answer."""
        talk = self._drawer.resumed(talk, place, request)
        question = str(event._data["text"]).strip()
        if "wide" in event._data:
            scope = Scope(llm=scope.llm)
        if talk.turns and question:
            yield from self._answer(question, talk, len(talk.turns) - 1, scope, request)
        else:
            yield gr.skip(), talk, *[gr.skip()] * 6

    def _answer(
        self, question: str, talk: Talk, number: int, scope: Scope, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Answer as the turn of that number, which what was there makes room for."""
        whose, before = owner(request), history(talk.turns[:number])
        turn = Turn(question=_shown(question), scope=scope, began=time.time())
        talk = self._drawer.begun(talk).put(number, turn)
        self._drawer.keep(whose, talk)
        drawer = self._drawer.shown(whose, talk)
        yield _busy(), talk, *conversation(talk.turns), "", "", "", drawer
        try:
            if wait := self._pace.wait(visitor_of(request).key):
                raise FootnoteError(f"Too many questions at once: ask again in {ceil(wait)} s.")
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
            turn = replace(turn, error=line(error))
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

    def restart(self, scope: Scope, request: gr.Request) -> tuple[Any, ...]:
        """A new conversation, of all articles; the one before stays in the drawer."""
        return self._opened(Talk(), scope.without("all"), "", request)

    def resume(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """A conversation from the drawer, to be read or gone on with."""
        place = f"#{event._data['talk']}"
        talk = self._drawer.talk(owner(request), place)
        return self._opened(talk, Scope() if talk.scope is None else talk.scope, place, request)

    def delete(
        self, wanted: str, talk: Talk, scope: Scope, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        """Take a conversation out of the drawer; of the open one nothing stays on the page."""
        drawer = self._drawer.delete(wanted, talk, event, request)
        if event._data["talk"] != talk.id:
            return (*(gr.skip(),) * 7, drawer)
        return (*self._opened(Talk(), scope.without("all"), "", request)[:-1], drawer)

    def _opened(self, talk: Talk, scope: Scope, place: str, request: gr.Request) -> tuple[Any, ...]:
        """Question box, conversation, scope, what was said, latest, filters, offers, drawer."""
        shown = conversation(talk.turns) if talk.turns else self._welcome(place)
        filters, drawer = self._library.filters(scope), self._drawer.shown(owner(request), talk)
        return _ready(), talk, scope, *shown, filters, "", drawer

    def _welcome(self, place: str = "") -> tuple[str, str]:
        """What stands where nothing was said; `place` names a conversation that is not there."""
        lost = failure("That conversation is not kept here, or not for you.") if place else ""
        held, suggestions = self._assistant.overview(), self._assistant.suggestions()
        return lost + welcome(held, suggestions), ""

    def search(
        self, talk: Talk, place: str, event: gr.EventData, request: gr.Request
    ) -> tuple[Talk, str, str]:
        """More passages beside those that came nearest to a question that was refused."""
        talk, number = self._drawer.resumed(talk, place, request), int(event._data["turn"])
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


def _shown(question: str) -> str:
    """As much of it as is read, and a sign that there was more."""
    return question if len(question) <= _READ else f"{question[:_READ]} …"


def _busy() -> Any:
    return gr.Textbox(value="", submit_btn=False, stop_btn="Stop")


def _ready() -> Any:
    return gr.Textbox(submit_btn="Ask", stop_btn=False)
