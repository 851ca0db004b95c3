"""The drawer: the conversations that a person keeps, and what they do with them."""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Callable
from functools import partial

import gradio as gr

from qa import Conversations, FootnoteError
from qa.chat import kept
from qa.chat.faults import line
from qa.chat.files import exported
from qa.chat.owner import owner
from qa.chat.turn import Talk, Turn

log = logging.getLogger("footnote")


class Drawer:
    """Each method that takes a request answers one event of the drawer's part of the page."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    # For the desk

    def resumed(self, talk: Talk, place: str, request: gr.Request) -> Talk:
        """The conversation of this page; after a restart of the server, the one that was kept."""
        return talk if talk.turns else self.talk(owner(request), place)

    def begun(self, talk: Talk) -> Talk:
        """The conversation, with an id if it had none."""
        return talk if talk.id else Talk(secrets.token_hex(8), talk.turns)

    def keep(self, whose: str, talk: Talk) -> None:
        """Keep the latest turn. Where that fails, the answer goes on and the log says why."""
        turn, number = talk.turns[-1], len(talk.turns) - 1
        if not whose:
            return
        try:
            self._conversations.put(
                whose,
                talk.id,
                number,
                said=f"{turn.question}\n{turn.said}",
                title=talk.turns[0].question,
                record=turn.record(),
                began=turn.began,
            )
        except FootnoteError as error:
            log.warning("%s", error)

    def amend(self, whose: str, talk: Talk, number: int) -> None:
        """Keep what changed about a turn that is not the latest."""
        if whose:
            self._conversations.amend(whose, talk.id, number, talk.turns[number].record())

    def talk(self, whose: str, place: str) -> Talk:
        """The conversation that an address's `#id/number` names, as it was left; or a new one."""
        named = re.match(r"#([0-9a-f]{16})\b", place or "")
        if not (named and whose):
            return Talk()
        try:
            records = self._conversations.records(whose, named[1])
        except FootnoteError as error:
            log.warning("%s", error)
            return Talk()
        return Talk(named[1], tuple(map(Turn.of, records))) if records else Talk()

    def shown(self, whose: str, talk: Talk, wanted: str = "", note: str = "") -> str:
        """The drawer's part of the page."""
        try:
            found = self._conversations.list(whose, wanted) if whose else []
            title = self._conversations.title(whose, talk.id)
        except FootnoteError as error:
            return kept.unusable(line(error), talk)
        opened = kept.opened(talk, title)
        return opened + note + kept.listing(found, talk.id, wanted, keeps=bool(whose))

    # Events

    def find(self, wanted: str, talk: Talk, request: gr.Request) -> str:
        return self.shown(owner(request), talk, wanted)

    def rename(self, wanted: str, talk: Talk, event: gr.EventData, request: gr.Request) -> str:
        whose, title = owner(request), str(event._data["title"])[:500]
        return self._done(partial(self._conversations.rename, whose, talk.id, title), whose, talk)

    def delete(self, wanted: str, talk: Talk, event: gr.EventData, request: gr.Request) -> str:
        """Take a conversation out; if it was the open one, none is open now."""
        whose, gone = owner(request), str(event._data["talk"])
        talk = Talk() if gone == talk.id else talk

        def away() -> str:
            title = self._conversations.title(whose, gone)
            self._conversations.delete(whose, gone)
            return kept.deleted(gone, title)

        return self._done(away, whose, talk, wanted)

    def restore(self, wanted: str, talk: Talk, event: gr.EventData, request: gr.Request) -> str:
        whose, back = owner(request), str(event._data["talk"])
        return self._done(partial(self._conversations.restore, whose, back), whose, talk, wanted)

    def export(self, talk: Talk, event: gr.EventData) -> str:
        """The open conversation as a file: its name, its kind and its text, as JSON."""
        return json.dumps(exported(talk.turns, event._data["format"]))

    def _done(
        self, deed: Callable[[], str | None], whose: str, talk: Talk, wanted: str = ""
    ) -> str:
        """Do it, and show the drawer with what it has to say."""
        try:
            note = deed() or ""
        except FootnoteError as error:
            return kept.unusable(line(error), talk)
        return self.shown(whose, talk, wanted, note)
