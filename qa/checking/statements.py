"""Questions that ask for yes or no: turned into the statement they ask about, and decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from qa.checking.checker import FLOOR, Checker, Findings, packaged, quote_facts
from qa.checking.coverage import left_out
from qa.checking.facts import Facts, Word, facts_of
from qa.checking.fault import Rule
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
_GENERIC = frozenset(
    "people anyone anybody someone somebody anything something now already ever really".split()
)
# How likely a sentence must be about the statement to deny it by breaking a rule.
_DENIES: dict[Rule, float] = {
    "denial": 0.35,
    "role": 0.6,
    "value": 0.6,
    "name": 0.8,
    "degree": 0.9,
}


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
    question: str, sentences: Sequence[str | Citation], checker: Checker | None = None
) -> tuple[YesNo, str | Citation | None, Verdict]:
    """Whether `sentences` say yes, no or nothing to `question`, and the one that decides.

    The verdict is that of the statement beside that sentence; `checker` None takes the packaged.

    Raises:
        ValueError: the question does not ask for yes or no, as `statement_of` tells.
    """
    statement = statement_of(question)
    if statement is None:
        raise ValueError(f"“{question}” does not ask for yes or no")
    examine = (checker or packaged()).examine
    decided = [
        (findings.stance.supports, answer, sentence, findings.verdict())
        for sentence, stated, quoted in _nearest(statement, sentences)
        if (answer := _decides(stated, quoted, findings := examine(stated, [quoted])))
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
        shared = len(stated.stems & quoted.stems)
        found.append(((shared, shared / (len(quoted.words) or 1)), sentence, stated, quoted))
    best = sorted(found, key=lambda one: one[0], reverse=True)[:_READ]
    return [(sentence, stated, quoted) for _, sentence, stated, quoted in best]


def _decides(stated: Facts, quoted: Facts, findings: Findings) -> YesNo | None:
    likely = findings.stance.supports
    if findings.fault is None:
        return "yes" if likely >= FLOOR and not _unsaid(stated, quoted) else None
    return "no" if likely >= _DENIES.get(findings.fault.rule, 2.0) else None


def _unsaid(stated: Facts, quoted: Facts) -> list[Word]:
    """The statement's words that the sentence lacks, but for a subject that it calls "she"."""
    telling = [word for word in stated.words if word.telling]
    opening = next((name for name in stated.names if name.start == telling[0].start), None)
    end = opening.end if opening else telling[0].end
    resolved = has_pronoun(quoted)
    return [
        word
        for word in left_out(stated, [quoted])
        if word.text.lower() not in _GENERIC and not (resolved and word.end <= end)
    ]
