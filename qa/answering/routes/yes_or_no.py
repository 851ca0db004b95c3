"""Questions that yes or no would answer, decided by the sentence that says so or denies it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.answering.draft import Draft, Statement, quoted
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.gathered import Gathered
from qa.answering.hits import hit
from qa.answering.question import Question
from qa.checking.statements import statement_of, yes_or_no
from qa.records import Citation, Hit

# How often a decision is right: 12 of 13 on questions kept for the end, by the rule of succession.
_RIGHT = 0.87


def answer(question: Question, gathered: Gathered) -> Draft | None:
    """ "Yes." or "No.", and the sentence that decides; None where no sentence does."""
    if statement_of(question.standalone) is None:
        return None
    sentences = dict(_sentences(gathered))
    said, deciding, verdict = yes_or_no(question.standalone, list(sentences), gathered.checker)
    if not isinstance(deciding, Citation):
        return None
    evidence = sentences[deciding]
    word = said.capitalize()
    return Draft(
        statements=[
            Statement(text=f"{word}.", evidence=(evidence,), verdict=verdict),
            quoted(evidence),
        ],
        confidence=min(_RIGHT, evidence.probability),
        short=word,
    )


def _sentences(gathered: Gathered) -> Iterator[tuple[Citation, Evidence]]:
    """The sentences that are likely to answer, with their article's date and title."""
    likely = {
        one.place: replace(one, probability=finding.probability)
        for finding in gathered.likely
        for one in finding.evidence
    }
    for found in map(hit, gathered.passages):
        for one in likely.values():
            if one.article_id == found.article_id and found.start <= one.start < found.end:
                yield _cited(one, found), one


def _cited(one: Evidence, found: Hit) -> Citation:
    return Citation(
        number=1,
        article_id=found.article_id,
        title=found.title,
        outlet=found.outlet,
        published=found.published,
        url=found.url,
        quote=one.text,
        start=one.start,
        end=one.end,
    )
