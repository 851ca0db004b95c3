"""What was known on a day: only what was published by then answers, and the answer says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from qa.answering import wording
from qa.answering.draft import Draft, Remark, refused
from qa.answering.gathering.gathered import Gathered
from qa.answering.gathering.sources import Sources
from qa.answering.question import Question
from qa.records import Article

Routed = Callable[[Question], tuple[Draft, Gathered]]


def as_known(question: Question, draft: Draft, sources: Sources, routed: Routed) -> Draft:
    """The draft with a line on the day it holds for; a refusal says what was published later.

    Args:
        question: as understood.
        draft: made from what was published by the day that the question names, if it does.
        sources: the archive.
        routed: answers a question.
    """
    if question.as_of is None:
        return draft
    held, of_all = sources.count(question.where), sources.count(question.wider)
    line = wording.known_by(question.as_of, held, of_all)
    if draft.answered:
        return replace(draft, statements=chain([Remark(line=line)], draft.statements))
    later, gathered = routed(replace(question, where=question.wider))
    if not later.answered:
        return replace(draft, statements=chain([Remark(line=line)], draft.statements))
    answering = [gathered.shelf.original(one.evidence[0]) for one in gathered.chosen[:1]]
    named = [sources.article(one.article_id) for one in answering or gathered.nearest[:1]]
    said = refused(_outside(question, named), draft.confidence, gathered.nearest)
    return replace(said, statements=chain([Remark(line=line)], said.statements))


def _outside(question: Question, later: list[Article]) -> str:
    assert question.as_of is not None
    named = "".join(f": “{one.title}” ({wording.source(one)})" for one in later)
    by = wording.day(question.as_of)
    return f"Nothing published by {by} answers that; later articles do{named}."
