"""What can be evaluated: an assistant, or any callable that gives something like its answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from qa.assistant import Assistant
from qa.evaluation.gold import Gold
from qa.records import Answer, Article, Hit
from qa.trace import tracing


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, what it was made from, and what it cost."""

    answer: Answer
    found: Sequence[Hit]
    short: str  # the likeliest short answer, given or withheld
    asked: str
    seconds: dict[str, float] = field(default_factory=dict)


class Subject(Protocol):
    """Answers questions."""

    def articles(self) -> Iterable[Article]:
        """What it answers from."""
        ...

    def ask(self, gold: Gold) -> Asked:
        """Answer one question."""
        ...

    def deeper(self, asked: str, gold: Gold, depth: int) -> Sequence[Hit]:
        """The ranking down to `depth`, for the diagnosis."""
        ...


class AssistantSubject:
    """Footnote itself."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def articles(self) -> Iterable[Article]:
        return self._assistant.articles()

    def ask(self, gold: Gold) -> Asked:
        with tracing() as trace:
            started = time.perf_counter()
            answer = self._assistant.ask(
                gold.question, list(gold.history) or None, **_filters(gold)
            )
            total = time.perf_counter() - started
        rest = total - sum(trace.seconds.values())
        seconds = {**trace.seconds, "compose": rest, "total": total}
        short = answer.short if answer.answered else trace.short
        return Asked(answer, trace.ranked, short, trace.asked or gold.question, seconds)

    def deeper(self, asked: str, gold: Gold, depth: int) -> Sequence[Hit]:
        return self._assistant.search(asked, depth, **_filters(gold))


class CallableSubject:
    """Any callable that takes a question, and by name what else the gold pair has.

    That is `history`, `outlet`, `since`, `until`. What it returns needs a `text`; `short`,
    `answered`, `confidence`, `citations` (with `article_id` and `quote`) and `nearest` (passages
    found, with `article_id` and `text`) are used if there.
    """

    def __init__(self, answer: Callable[..., Any], articles: Iterable[Article]) -> None:
        self._answer = answer
        self._articles = list(articles)

    def articles(self) -> Iterable[Article]:
        return self._articles

    def ask(self, gold: Gold) -> Asked:
        started = time.perf_counter()
        history = {"history": list(gold.history)} if gold.history else {}
        answer = self._answer(gold.question, **history, **_filters(gold))
        total = time.perf_counter() - started
        found = getattr(answer, "nearest", ())
        return Asked(answer, found, getattr(answer, "short", ""), gold.question, {"total": total})

    def deeper(self, asked: str, gold: Gold, depth: int) -> Sequence[Hit]:
        return ()


def _filters(gold: Gold) -> dict[str, Any]:
    named = {"outlet": gold.outlet, "since": gold.since, "until": gold.until}
    return {name: value for name, value in named.items() if value}
