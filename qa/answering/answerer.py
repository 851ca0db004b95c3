"""The line of an answer: understand, gather, draft, check, finish."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from dataclasses import replace
from datetime import date
from functools import cache

from qa.answering import wording
from qa.answering.draft import Draft, Drafter, refused
from qa.answering.drafting.extractive import Extractive
from qa.answering.finishing import finish
from qa.answering.gathering.gathered import Gathered
from qa.answering.gathering.sources import Sources
from qa.answering.hearing import MOST, heard, remembered
from qa.answering.hindsight import as_known
from qa.answering.proving import Check, proven
from qa.answering.question import Question, SmallTalk
from qa.answering.routes import several
from qa.answering.routes.table import route
from qa.answering.understanding.followups import History
from qa.answering.understanding.understand import as_fact, understand
from qa.errors import ArticleNotFound
from qa.records import Answer, Filter


class Answerer:
    """Answers questions from one archive."""

    def __init__(
        self, sources: Sources, *, drafter: Drafter | None = None, check: Check | None = None
    ) -> None:
        """Make an answerer.

        Args:
            sources: the archive and who reads it.
            drafter: writes the answers to questions of fact; None quotes the articles.
            check: judges each sentence that is not a quote.
        """
        self._sources = sources
        self._drafter = drafter or Extractive()
        self._check = check

    def answer(
        self, asked: str, history: History | None, where: Filter, as_of: date | None = None
    ) -> Answer:
        """Answer what is asked from the articles that `where` lets through.

        Args:
            as_of: only what was published by this day may answer.
        """
        (whole,) = deque(self.stream(asked, history, where, as_of), maxlen=1)
        return whole

    def stream(
        self, asked: str, history: History | None, where: Filter, as_of: date | None = None
    ) -> Generator[Answer]:
        """Yield the answer as it grows, sentence by sentence; the last one is whole."""
        told = remembered(history)
        try:
            yield from self._line(asked, told, where, as_of)
        except ArticleNotFound:
            # An article was replaced between finding and citing it: a second look sees the new one.
            yield from self._line(asked, told, where, as_of)

    def _line(
        self, asked: str, history: History | None, where: Filter, as_of: date | None
    ) -> Generator[Answer]:
        sources = self._sources
        question = understand(
            heard(asked), history, where, sources.outlets(), as_of, cache(sources.telling)
        )
        draft = self._draft(question, history)
        checked = proven(draft.statements, self._check)
        notes = (wording.CUT,) if len(asked) > MOST else ()
        for answer in finish(question, draft, checked, self._sources.shelf(question.where)):
            yield replace(answer, notes=(*notes, *answer.notes))

    def _draft(self, question: Question, history: History | None) -> Draft:
        if not isinstance(question.intent, SmallTalk) and (line := self._nothing_here(question)):
            return refused(line)
        draft = self._one_by_one(question, history) if question.parts else None
        draft = draft or self._routed(question)[0]
        return as_known(question, draft, self._sources, self._routed)

    def _routed(self, question: Question) -> tuple[Draft, Gathered]:
        """The draft of the question's route; what that cannot answer is read for as a fact."""
        for read_as in (question, as_fact(question)):
            gathered = Gathered(read_as, self._sources)
            if draft := route(read_as.intent, self._drafter)(read_as, gathered):
                break
        assert draft is not None  # a question of fact is answered or refused
        if draft.answered and draft.confidence < self._sources.threshold:
            draft = refused(wording.REFUSAL, draft.confidence, gathered.nearest)
        return draft, gathered

    def _nothing_here(self, question: Question) -> str:
        if self._sources.holds(question.where):
            return ""
        if question.as_of and (later := self._sources.articles(question.wider)):
            return wording.none_by(question.as_of, [one.published for one in later])
        return wording.EMPTY_SELECTION if self._sources.holds(Filter()) else wording.EMPTY_ARCHIVE

    def _one_by_one(self, question: Question, history: History | None) -> Draft | None:
        """Several questions in one: each by itself, the later leaning on the earlier."""
        turns = list(history or ())
        answers: list[tuple[Draft, Gathered]] = []
        for part in question.parts:
            sources = self._sources
            one = understand(
                part, turns, question.where, sources.outlets(), telling=sources.telling
            )
            answers.append(self._routed(one))
            turns += [
                {"role": "user", "content": part},
                {"role": "assistant", "content": answers[-1][0].short},
            ]
        return several.together(question, answers)
