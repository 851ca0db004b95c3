"""Questions that ask for yes or no: turned into the statement they ask about, and decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from qa.checking.checker import FLOOR, Checker, Findings, quote_facts
from qa.checking.coverage import coverage, left_out
from qa.checking.facts import Facts, Word, facts_of
from qa.checking.values import has_pronoun
from qa.records import Citation, Verdict

YesNo = Literal["yes", "no", "unsaid"]

_ASKS = re.compile(
    r"(?P<helper>did|does|do|is|are|was|were|has|have|had|will|would|can|could|may|might|shall"
    r"|should|must)(?P<negated>n[’']t)?\s+(?P<rest>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^(?:(?:and|but|so|then|well|please)\b,?\s+)+", re.IGNORECASE)
_FORMS = frozenset("is are was were has have had".split())
_DROPPED = frozenset("did does do".split())  # the verb tells as much without
_THERE = re.compile(r"there\b\s*", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"\s(?:\w+(?:ed|ing|en|wn)|sent|hurt|found|built|sold|paid|cut|lost|won|held|told|made)\b"
)
_BE = re.compile(r"\sbe\b")
_READ = 5  # sentences that are looked at
_SURE = 0.97  # from which one word of the statement may be another's in the sentence
_SUBJECT = 3  # telling words that a pronoun may stand for
_GENERIC = frozenset(
    "people anyone anybody someone somebody anything something now already ever really".split()
)
_DENIES = 0.6  # how much a sentence must have to do with the statement to deny it,
_NAMES_ANOTHER = 0.9  # to name another person for it, or to say less


def statement_of(question: str) -> str | None:
    """What a yes/no question asks about, as a statement; None where it asks for anything else.

    "Did the council approve the budget?" → "so the council approve the budget": for the checker,
    which compares stems, and not for a person to read. It opens with "so" that a name which
    comes first is known for one.
    """
    match = _ASKS.fullmatch(_OPENING.sub("", " ".join(question.split())))
    if match is None or re.search(r"\bor\b", match["rest"]):
        return None
    helper, rest = match["helper"].lower(), match["rest"]
    if there := _THERE.match(rest):
        return f"so there {helper} {rest[there.end() :]}"
    if helper in _DROPPED:
        return f"so {rest}"
    verb = (_PARTICIPLE if helper in _FORMS else _BE).search(rest)
    place = verb.start() if verb else rest.find(" ", rest.find(" ") + 1)
    return f"so {rest[:place]} {helper}{rest[place:]}" if place > 0 else f"so {rest} {helper}"


def yes_or_no(
    question: str, sentences: Sequence[str | Citation], checker: Checker
) -> tuple[YesNo, str | Citation | None, Verdict]:
    """Whether `sentences` say yes, no or nothing to `question`, and the one that decides.

    Raises:
        ValueError: the question does not ask for yes or no, as `statement_of` tells.
    """
    statement = statement_of(question)
    if statement is None:
        raise ValueError(f"“{question}” does not ask for yes or no")
    decided = [
        (findings.stance.supports, answer, sentence, findings.verdict())
        for sentence, stated, quoted in _nearest(statement, sentences)
        if (answer := _decides(stated, quoted, findings := checker.examine(stated, [quoted])))
    ]
    if not decided:
        return "unsaid", None, Verdict("unsupported", 0.0, "no sentence says so or denies it")
    _, answer, sentence, verdict = max(decided, key=lambda one: one[0])
    return answer, sentence, verdict


def _nearest(
    statement: str, sentences: Sequence[str | Citation]
) -> list[tuple[str | Citation, Facts, Facts]]:
    """The sentences that share most words with the statement, with the facts of both."""
    found = []
    for sentence in sentences:
        quoted = quote_facts(sentence)
        stated = facts_of(statement, quoted.published)
        found.append((coverage(stated, [quoted]), sentence, stated, quoted))
    best = sorted(found, key=lambda one: -one[0])[:_READ]
    return [(sentence, stated, quoted) for _, sentence, stated, quoted in best]


def _decides(stated: Facts, quoted: Facts, findings: Findings) -> YesNo | None:
    likely = findings.stance.supports
    if findings.fault is None:
        unsaid = _unsaid(stated, quoted)
        return "yes" if likely >= FLOOR and len(unsaid) <= (likely >= _SURE) else None
    rule = findings.fault.rule
    denied = rule in {"denial", "role", "value"} and likely >= _DENIES
    otherwise = rule in {"name", "degree"} and likely >= _NAMES_ANOTHER
    return "no" if denied or otherwise else None


def _unsaid(stated: Facts, quoted: Facts) -> list[Word]:
    """The statement's words that the sentence lacks, but for those a pronoun stands for."""
    telling = [word for word in stated.words if word.telling]
    subject = telling[:_SUBJECT] if has_pronoun(quoted) else []
    return [
        word
        for word in left_out(stated, [quoted])
        if word not in subject and word.text.lower() not in _GENERIC
    ]
