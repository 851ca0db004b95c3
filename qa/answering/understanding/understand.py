"""A question understood once: what it leans on, what kind it is, what it states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa.answering.question import Fact, Intent, Question
from qa.answering.understanding import hindsight
from qa.answering.understanding.archive import about_archive, outlets_named
from qa.answering.understanding.articles import about_article
from qa.answering.understanding.compound import parts
from qa.answering.understanding.constraints import stated
from qa.answering.understanding.digests import digest_asked_for
from qa.answering.understanding.followups import History, points_back, standalone
from qa.answering.understanding.persons import person_asked_for
from qa.answering.understanding.smalltalk import small_talk, without_greeting
from qa.answering.understanding.speaking import speaker_asked_for
from qa.answering.understanding.talk import Telling, nothing_told
from qa.answering.understanding.timelines import timeline_asked_for
from qa.language.asking import asks_for_list, asks_yes_or_no
from qa.language.kinds import kind_of
from qa.records import Filter


def understand(
    asked: str,
    history: History | None,
    where: Filter,
    outlets: Sequence[str],
    as_of: date | None = None,
    telling: Telling = nothing_told,
) -> Question:
    """Return the question that all later steps take.

    Args:
        asked: the person's words.
        history: what was said before, oldest first; a follow-up is understood from it.
        where: which articles may answer.
        outlets: those that the archive names.
        as_of: only what was published by this day may answer; the question may name one itself.
        telling: texts of the articles that say a name.
    """
    named, spoken = hindsight.as_of(without_greeting(asked))
    known = as_of or named
    alone = standalone(spoken, history, telling)
    intent = small_talk(asked) or _intent(spoken, alone, history, outlets)
    several = parts(spoken) if isinstance(intent, Fact) else []
    return Question(
        asked=asked,
        standalone=alone,
        where=_published_by(known, where),
        as_of=known,
        names_day=known is not None and as_of is None,
        wider=where,
        intent=intent,
        parts=tuple(several) if len(several) > 1 else (),
        constraints=stated(alone, outlets),
    )


def _published_by(day: date | None, where: Filter) -> Filter:
    return replace(where, until=min(day, where.until or day)) if day else where


def as_fact(question: Question) -> Question:
    """The question, read as one that the articles' sentences are to answer."""
    return replace(question, intent=_fact(question.standalone, question.constraints.outlets))


def _intent(spoken: str, alone: str, history: History | None, outlets: Sequence[str]) -> Intent:
    """The narrowest kind that fits; what fits none is a question of fact."""
    leans = bool(history) and points_back(spoken)
    return (
        (None if leans else about_archive(spoken, outlets))
        or about_article(alone, follows=bool(history))
        or timeline_asked_for(alone)
        or digest_asked_for(spoken, alone)
        or _fact(alone, outlets)
    )


def _fact(alone: str, outlets: Sequence[str]) -> Fact:
    # "According to AP and Reuters": each may say another thing.
    said_by_several = len(outlets_named(alone, outlets)[0]) > 1
    return Fact(
        kind=kind_of(alone),
        several=asks_for_list(alone) or said_by_several,
        yes_or_no=asks_yes_or_no(alone),
        person=person_asked_for(alone),
        speaker=speaker_asked_for(alone),
    )
