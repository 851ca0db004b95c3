"""From one question asked to its outcome: marked, judged right or wrong, and diagnosed."""

from __future__ import annotations

import re

from qa.checking import check
from qa.evaluation.attribution import attribution
from qa.evaluation.diagnosis import FAILED, NOT_INDEXED, SHOULD_HAVE_REFUSED, diagnose
from qa.evaluation.gold import CONFLICT, Gold
from qa.evaluation.library import Library
from qa.evaluation.marking import DEPTH, Expectation, mark
from qa.evaluation.outcome import Cited, Found, Outcome
from qa.evaluation.subject import Asked, Passage, Subject

DEEPER = 50  # how far down a proving passage that was not read is looked for
_BEGINNING = 160  # characters of a passage that a report keeps
_MARK = re.compile(r"\s*\[\d+\]")


def outcome_of(subject: Subject, library: Library, gold: Gold) -> Outcome:
    """Ask one question. Whatever the subject raises is that question's outcome."""
    expected = Expectation(gold, library)
    try:
        asked = subject.ask(gold)
    except Exception as error:
        return _failed(expected, str(error).partition("\n")[0] or type(error).__name__)
    found = _ranked(subject, expected, asked, DEPTH)
    cited = [_cited(expected, library, one) for one in asked.cited]
    said = _MARK.sub("", asked.text)
    right = _right(expected, said, asked)
    return Outcome(
        gold,
        expected.articles,
        text=asked.text,
        short=(asked.short or "") if asked.answered else "",
        answered=asked.answered,
        confidence=asked.confidence,
        withheld="" if asked.answered else asked.likeliest,
        cited=tuple(cited),
        found=tuple(found[:DEPTH]),
        seconds=asked.seconds,
        marks={
            **mark(
                expected,
                text=said,
                short=asked.short,
                answered=asked.answered,
                cited=cited,
                found=found if asked.searched or not asked.answered else None,
                conflicts=asked.conflicts,
            ),
            **attribution(asked.sentences, asked.drafted, check),
        },
        right=right,
        sure=_sure(expected, asked, right),
        diagnosis=_diagnosis(subject, expected, asked) if right is False else "",
    )


def _failed(expected: Expectation, error: str) -> Outcome:
    """It counts as nothing said; where nothing answers, that is no merit of an error."""
    marks = mark(expected, text="", short="", answered=False, cited=(), found=())
    if not expected.gold.answerable:
        marks = dict.fromkeys(marks, 0.0)
    return Outcome(
        expected.gold, expected.articles, marks=marks, right=False, diagnosis=FAILED, error=error
    )


def _ranked(subject: Subject, expected: Expectation, asked: Asked, depth: int) -> list[Found]:
    """What was found, filled up from a search where fewer passages were read than are ranked."""
    found = list(asked.found)
    if expected.articles and len(found) < depth:
        known = {(one.article_id, one.start, one.end) for one in found}
        more = subject.deeper(asked.asked, expected.gold, depth)
        found += [one for one in more if (one.article_id, one.start, one.end) not in known]
    return [_found(expected, one) for one in found]


def _right(expected: Expectation, text: str, asked: Asked) -> bool | None:
    """Whether the answer would do; None where the gold does not tell and something was said."""
    gold = expected.gold
    if not gold.answerable or not asked.answered:
        return asked.answered == gold.answerable
    if not gold.answers:
        return None
    by_short = asked.short and gold.type != CONFLICT  # where articles differ, all is in the text
    return expected.is_right(asked.short or "") if by_short else expected.score(text)[2] == 1


def _sure(expected: Expectation, asked: Asked, right: bool | None) -> bool | None:
    """Whether the answer that confidence speaks of is right, also where it was withheld."""
    gold = expected.gold
    if not gold.answerable:
        return False
    if not gold.answers:
        return None
    return expected.is_right(asked.likeliest) if asked.likeliest else bool(right)


def _diagnosis(subject: Subject, expected: Expectation, asked: Asked) -> str:
    if not expected.gold.answerable:
        return SHOULD_HAVE_REFUSED
    if expected.gold.articles and not expected.articles:
        return NOT_INDEXED
    read = [_found(expected, one) for one in asked.read]
    proven = any(one.holds for one in read)
    ranked = read if proven else _ranked(subject, expected, asked, DEEPER)
    return diagnose(answered=asked.answered, read=read, ranked=ranked)


def _cited(expected: Expectation, library: Library, one: Passage) -> Cited:
    text = library.text(one.article_id)
    there = one.text in text if one.start is None else text[one.start : one.end] == one.text
    return Cited(
        article_id=one.article_id,
        title=one.title,
        quote=one.text,
        right=expected.proves(one.article_id, one.text),
        verified=bool(one.text) and there,
    )


def _found(expected: Expectation, one: Passage) -> Found:
    return Found(
        article_id=one.article_id,
        title=one.title,
        start=one.start or 0,
        end=one.end or 0,
        text=" ".join(one.text.split())[:_BEGINNING],
        right=expected.right(one.article_id),
        holds=expected.proves(one.article_id, one.text),
    )
