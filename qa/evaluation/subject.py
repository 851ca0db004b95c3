"""What can be evaluated: an assistant, or any callable that gives something like its answers."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Protocol

from qa.assistant import Assistant
from qa.config import NO_MODEL
from qa.evaluation.gold import Gold
from qa.records import Article, Hit, Sentence, Verdict
from qa.trace import tracing


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article, found or cited; `start` is None where the place is not told."""

    article_id: str
    title: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An answer, what it was made from, and what it cost."""

    text: str
    short: str | None  # None: no short answers are given
    likeliest: str  # the short answer that confidence speaks of, given or withheld
    answered: bool
    confidence: float
    cited: Sequence[Passage]
    found: Sequence[Passage]  # best first
    read: Sequence[Passage]  # those of them that the answer was made from
    asked: str  # what was looked for
    searched: bool = True  # whether anything was
    seconds: dict[str, float] = field(default_factory=dict)
    sentences: Sequence[Sentence] = ()  # with what each one cites, where that is told
    drafted: Sequence[Verdict] = ()  # on what a language model wrote, shown or not
    conflicts: int | None = None  # how many disagreements are shown, where that is told


class Subject(Protocol):
    """Answers questions."""

    @property
    def name(self) -> str:
        """Tells one subject from another."""
        ...

    def articles(self) -> Iterable[Article]:
        """What it answers from."""
        ...

    def ask(self, gold: Gold) -> Asked:
        """Answer one question."""
        ...

    def deeper(self, asked: str, gold: Gold, depth: int) -> Sequence[Passage]:
        """The ranking down to `depth`, if it can be had."""
        ...


class AssistantSubject:
    """Footnote itself."""

    name = "footnote"

    def __init__(self, assistant: Assistant, llm: str | None = NO_MODEL) -> None:
        self._assistant = assistant
        self._llm = llm

    def articles(self) -> Iterable[Article]:
        return self._assistant.articles()

    def ask(self, gold: Gold) -> Asked:
        with tracing() as trace:
            started = time.perf_counter()
            answer = self._assistant.ask(
                gold.question, list(gold.history) or None, llm=self._llm, **_filters(gold)
            )
            total = time.perf_counter() - started
        rest = total - sum(trace.seconds.values())
        found = [_passage(hit) for hit in trace.ranked]
        return Asked(
            text=answer.text,
            short=answer.short,
            likeliest=answer.short if answer.answered else trace.short,
            answered=answer.answered,
            confidence=answer.confidence,
            cited=[
                Passage(c.article_id, c.title, c.quote, c.start, c.end) for c in answer.citations
            ],
            found=found,
            read=found,
            asked=trace.asked or gold.question,
            searched=bool(trace.asked),
            seconds={**trace.seconds, "compose": rest, "total": total},
            sentences=answer.sentences,
            drafted=trace.drafted,
            conflicts=len(answer.conflicts),
        )

    def deeper(self, asked: str, gold: Gold, depth: int) -> Sequence[Passage]:
        return [_passage(hit) for hit in self._assistant.search(asked, depth, **_filters(gold))]


class CallableSubject:
    """Any callable that takes a question, and by name what else it takes of the gold pair.

    That is `history`, `outlet`, `since`, `until`, `article_ids`. It returns a text, or something
    with a `text`; `short`, `answered`, `confidence`, `citations` (with `article_id` and `quote`),
    `conflicts` and `nearest` (passages found, best first, with `article_id` and `text`) are used if
    there. Where something is cited, the passages that hold a cited quote count as those that the
    answer was made from.
    """

    def __init__(self, answer: Callable[..., Any], articles: Iterable[Article]) -> None:
        self._answer = answer
        self._articles = list(articles)
        self.name = getattr(answer, "__qualname__", type(answer).__qualname__)

    def articles(self) -> Iterable[Article]:
        return self._articles

    def ask(self, gold: Gold) -> Asked:
        history = {"history": list(gold.history)} if gold.history else {}
        started = time.perf_counter()
        answer = self._answer(gold.question, **_accepted(self._answer, history | _filters(gold)))
        total = time.perf_counter() - started
        text = answer if isinstance(answer, str) else answer.text
        short = getattr(answer, "short", None)
        answered = bool(getattr(answer, "answered", True))
        confidence = float(getattr(answer, "confidence", None) or 0.0)
        cited = [_quoted(one) for one in getattr(answer, "citations", None) or ()]
        found = [_passage(one) for one in getattr(answer, "nearest", None) or ()]
        used = [one for one in found if any(quote.text in one.text for quote in cited)]
        conflicts = getattr(answer, "conflicts", None)
        return Asked(
            text=str(text),
            short=None if short is None else str(short),
            likeliest=str(short or ""),
            answered=answered,
            confidence=min(max(confidence, 0.0), 1.0) if isfinite(confidence) else 0.0,
            cited=cited,
            found=found,
            read=used or found,
            asked=gold.question,
            seconds={"total": total},
            sentences=[
                one for one in getattr(answer, "sentences", None) or () if isinstance(one, Sentence)
            ],
            conflicts=None if conflicts is None else len(conflicts),
        )

    def deeper(self, asked: str, gold: Gold, depth: int) -> Sequence[Passage]:
        return ()


def _accepted(answer: Callable[..., Any], offered: dict[str, Any]) -> dict[str, Any]:
    """What of `offered` the callable takes by name."""
    if not offered:
        return offered
    parameters = inspect.signature(answer).parameters.values()
    if any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters):
        return offered
    known = {one.name for one in parameters}
    return {name: value for name, value in offered.items() if name in known}


def _passage(hit: Hit | Any) -> Passage:
    start, end = getattr(hit, "start", None), getattr(hit, "end", None)
    return Passage(str(hit.article_id), str(getattr(hit, "title", "")), str(hit.text), start, end)


def _quoted(one: Any) -> Passage:
    start, end = getattr(one, "start", None), getattr(one, "end", None)
    return Passage(str(one.article_id), str(getattr(one, "title", "")), str(one.quote), start, end)


def _filters(gold: Gold) -> dict[str, Any]:
    named = {
        "outlet": gold.outlet,
        "since": gold.since,
        "until": gold.until,
        "article_ids": gold.within,
    }
    return {name: value for name, value in named.items() if value}
