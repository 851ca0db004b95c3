"""What a person thinks of an answer, kept as a test of the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import gradio as gr

from qa import Article, Feedback, FootnoteError
from qa.chat.conversation import conversation
from qa.chat.drawer import Drawer
from qa.chat.faults import line
from qa.chat.html import failure
from qa.chat.owner import owner
from qa.chat.turn import Talk, Turn, history


class Opinions:
    """Turns thumbs into gold pairs."""

    def __init__(
        self, feedback: Feedback, drawer: Drawer, articles: Callable[[], Iterable[Article]]
    ) -> None:
        self._feedback = feedback
        self._drawer = drawer
        self._articles = articles

    def judge(
        self, talk: Talk, place: str, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, Any, Any, str]:
        """The conversation with the answer judged, and what went wrong with that.

        What is written in a form stays there when it could not be kept.
        """
        told: dict[str, str] = event._data
        talk, number = self._drawer.resumed(talk, place, request), -1
        try:
            number = int(told["turn"])
            turn = self._judged(talk, number, told)
            talk = talk.amend(number, turn)
            self._drawer.amend(owner(request), talk, number)
        except (IndexError, FootnoteError) as error:
            return talk, gr.skip(), gr.skip(), failure(line(error))
        return talk, *conversation(talk.turns), ""

    def _judged(self, talk: Talk, number: int, told: dict[str, str]) -> Turn:
        turn = talk.turns[number]
        if turn.judged:
            self._feedback.take_back(turn.judged)
        if turn.answer is None or told["verdict"] == "none":
            return replace(turn, judged="")
        before = history(talk.turns[:number])
        asked = self._feedback.asked(turn.question, before, **turn.scope.filters())
        if told["verdict"] == "right":
            line = self._feedback.right(asked, turn.answer)
        elif told["verdict"] == "absent":
            line = self._feedback.absent(asked)
        else:
            line = self._feedback.wrong(asked, self._articles(), told["right"], told["passage"])
        return replace(turn, judged=line)
