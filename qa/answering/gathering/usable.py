"""Evidence whose short answer tells something: not what the question says already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.growing import grown
from qa.answering.question import Question
from qa.language.asking import asks_who_is, asks_why
from qa.language.counting import counts
from qa.language.kinds import Kind
from qa.language.words import stems

_LONG = 6  # words from which a short answer may be too much of its sentence
_MOST = 0.6  # of a sentence's words


def usable(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with short answers that can be given.

    Where a short answer cannot be one (yes or no is asked, or it is most of its sentence), the
    sentence alone stands.
    """
    if question.fact.yes_or_no:
        return [replace(one, short="") for one in evidence]
    kept = [one for one in evidence if not one.short or not _said_already(question, one.short)]
    return [replace(one, short=_direct(question, one)) for one in kept or list(evidence)]


def _direct(question: Question, one: Evidence) -> str:
    """The short answer, whole; empty where the sentence says it better."""
    whole = grown(question, one.text, one.short)
    short_enough = _stands_alone(one.short, one.text)
    if _stands_alone(whole, one.text) or (question.fact.several and short_enough):
        return whole  # a list may be long
    # Where the clause is too much, the words that the reader chose may still give the reason.
    return one.short if short_enough and asks_why(question.standalone) else ""


def _said_already(question: Question, short: str) -> bool:
    """Whether the question holds the answer: "Who met Lavrov?" does not ask for Sergei Lavrov."""
    asked, kind = question.standalone, question.fact.kind
    answer = stems(short)
    if not answer:
        # "One", "no" and "few" are function words, and an answer to "how many".
        return not (kind is Kind.QUANTITY and counts(short))
    said = set(stems(asked))
    names_the_asked = kind is Kind.PERSON and not asks_who_is(asked)
    return set(answer) <= said or (names_the_asked and answer[-1] in said)


def _stands_alone(short: str, sentence: str) -> bool:
    balanced = short.count('"') % 2 == 0 and short.count("“") == short.count("”")
    much = len(short.split()) > max(_LONG, _MOST * len(sentence.split()))
    return balanced and not much
