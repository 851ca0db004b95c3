"""One question and what came of it, and how it is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from pydantic import TypeAdapter

from qa import Answer
from qa.chat.scope import Scope

# A word and the footnote marks after it, which stay on its line.
MARKS = re.compile(r"([^\s\[\]&;]{0,24})((?:\s*\[[0-9]+\])+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and what came of it; `answer` grows while it streams."""

    question: str
    scope: Scope
    answer: Answer | None = None
    error: str = ""
    finished: bool = False
    began: float = 0.0  # when it was asked, in seconds since the epoch
    judged: str = ""  # the gold pair that a person's thumb made of it

    def messages(self) -> list[dict[str, str]]:
        """The turn as the assistant's history wants it."""
        said = [{"role": "assistant", "content": self.answer.text}] if self.answer else []
        return [{"role": "user", "content": self.question}, *said]

    @property
    def reread(self) -> bool:
        """Whether the question was understood in other words than it was asked in."""
        understood = self.answer.understood if self.answer else ""
        return bool(understood) and _words(understood) != _words(self.question)

    @property
    def said(self) -> str:
        """What came of the question, without the footnotes' numbers."""
        return unmarked(self.error or (self.answer.text if self.answer else ""))

    def spoken(self) -> str:
        """The turn as a screen reader is to say it."""
        return f'<div role="status">{escape(self.said)}</div>'

    def record(self) -> str:
        """The whole turn as JSON; its quotes stay, whatever becomes of the articles."""
        return _adapter().dump_json(self).decode()

    @classmethod
    def of(cls, record: str) -> Turn:
        """The turn that `record` made, over and done with.

        One of another version of Footnote that cannot be read says so in place of its answer.
        """
        try:
            return replace(_adapter().validate_json(_brought_up(record)), finished=True)
        except ValueError:  # pydantic's errors are some
            lost = "This was kept by another version of Footnote, and cannot be shown."
            return cls(question="…", scope=Scope(), error=lost, finished=True)


def _brought_up(record: str) -> str:
    """A record as it is written today: it once named one outlet, where there are several now."""
    fields = json.loads(record)
    scope = fields.get("scope")
    if isinstance(scope, dict) and (outlet := scope.pop("outlet", None)):
        scope["outlets"] = [outlet]
    return json.dumps(fields)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: its turns, and the name it is kept under."""

    id: str = ""  # empty until something is asked
    turns: tuple[Turn, ...] = ()

    @property
    def scope(self) -> Scope | None:
        """What the latest question was put to; it is remembered with the conversation."""
        return self.turns[-1].scope if self.turns else None

    def history(self) -> list[dict[str, str]]:
        """What was said so far, as the assistant wants it."""
        return history(self.turns)

    def put(self, number: int, turn: Turn) -> Talk:
        """The same with `turn` in place of the one of that number and of what followed."""
        return Talk(self.id, (*self.turns[:number], turn))

    def amend(self, number: int, turn: Turn) -> Talk:
        """The same with another turn of that number; what followed stays."""
        return Talk(self.id, (*self.turns[:number], turn, *self.turns[number + 1 :]))


def history(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The turns as the assistant wants them, oldest first."""
    return [message for turn in turns for message in turn.messages()]


def unmarked(text: str) -> str:
    """The text without the numbers of its footnotes."""
    return MARKS.sub(r"\1", text)


@cache
def _adapter() -> TypeAdapter[Turn]:
    return TypeAdapter(Turn)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
