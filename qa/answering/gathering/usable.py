"""Evidence whose short answer tells something: not what the question says already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answering.gathering.evidence import Evidence
from qa.answering.question import Question
from qa.language.asking import asks_who_is
from qa.language.counting import counts
from qa.language.kinds import Kind
from qa.language.names import enumerations
from qa.language.words import stems

_LONG = 6  # words from which a short answer may be too much of its sentence
_MOST = 0.6  # of a sentence's words


def usable(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with short answers that can be given.

    Where a short answer cannot be one (yes or no is asked, or it is most of its sentence), the
    sentence alone stands. Where a list is asked for, one name of an enumeration brings the others.
    """
    kept = [one for one in evidence if not one.short or not _said_already(question, one.short)]
    told = [
        one if _stands_alone(question, one) else replace(one, short="")
        for one in kept or list(evidence)
    ]
    if not question.fact.several:
        return told
    return [replace(one, short=_whole_enumeration(one)) for one in told]


def _whole_enumeration(one: Evidence) -> str:
    """The names that a sentence lists, where the short answer is one or some of them."""
    lists = enumerations(one.text) if one.short else ()
    return next((names for names in lists if one.short in names), one.short)


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


def _stands_alone(question: Question, one: Evidence) -> bool:
    balanced = one.short.count('"') % 2 == 0 and one.short.count("“") == one.short.count("”")
    much = len(one.short.split()) > max(_LONG, _MOST * len(one.text.split()))
    return balanced and not much and not question.fact.yes_or_no
