"""Questions that ask for yes or no: turned into the statement they ask about, and decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from qa.checking.checker import FLOOR, Checker, Findings, packaged, quote_facts
from qa.checking.coverage import left_out
from qa.checking.facts import Facts, Word, facts_of
from qa.checking.fault import Rule
from qa.checking.manner import Time, in_one_piece, in_time, leaves_open, same_form, time_of
from qa.checking.values import has_pronoun
from qa.language.words import stem
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
_BE, _BEEN = re.compile(r"\sbe\b"), re.compile(r"\sbeen\b")
_SUBJECT = re.compile(
    r"\A(?:(?:the|an?|its|their|his|her)\s+)?(?:[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*|\S+)(?=\s)"
)
_OWNED = re.compile(r"(?<!\w)(\w+)[’']s\b|\bof (?:the |an? |its |their )?(\w+)")
_READ = 5  # sentences that are looked at
_GENERIC = frozenset(
    "people anyone anybody someone somebody anything something now already ever really".split()
)
# How likely a sentence must be about the statement to deny it by breaking a rule.
_DENIES: dict[Rule, float] = {
    "denial": 0.35,
    "value": 0.6,
    "degree": 0.9,
}


def statement_of(question: str) -> str | None:
    """What a yes/no question asks about, as a statement; None where it asks for anything else.

    "Did the council approve the budget?" → "so the council approve the budget": for the checker,
    which compares stems, and not for a person to read. It opens with "so" that a name which
    comes first is known for one.
    """
    match = _asked(question)
    if match is None or re.search(r"\bor\b", match["rest"]):
        return None
    helper, rest = match["helper"].lower(), match["rest"]
    if there := _THERE.match(rest):
        return f"so there {helper} {rest[there.end() :]}"
    if helper in _DROPPED:
        return f"so {rest}"
    verb = _BEEN.search(rest) or (_PARTICIPLE if helper in _FORMS else _BE).search(rest)
    subject = _SUBJECT.match(rest)
    place = verb.start() if verb else subject.end() if subject else 0
    return f"so {rest[:place]} {helper}{rest[place:]}" if place > 0 else f"so {rest} {helper}"


def _asked(question: str) -> re.Match[str] | None:
    return _ASKS.fullmatch(_OPENING.sub("", " ".join(question.split())))


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
    match = _asked(question)
    time = time_of(match["helper"] if match else "")
    examine = (checker or packaged()).examine
    decided = [
        (findings.stance.supports, answer, sentence, findings.verdict())
        for sentence, stated, quoted in _nearest(statement, sentences)
        if (answer := _decides(time, stated, quoted, findings := examine(stated, [quoted])))
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


def _decides(time: Time, stated: Facts, quoted: Facts, findings: Findings) -> YesNo | None:
    """Yes or no where the sentence is sure to speak of the same matter at the same time."""
    if (
        leaves_open(stated, quoted)
        or not in_time(time, stated, quoted)
        or _of_another(stated, quoted)
    ):
        return None
    likely, unsaid = findings.stance.supports, _unsaid(stated, quoted)
    if findings.fault is None:
        same = same_form(time, stated, quoted) and in_one_piece(stated, quoted)
        return "yes" if likely >= FLOOR and not unsaid and same else None
    # What is denied by a word that means the reverse lacks the word itself.
    lacks = 1 if findings.fault.rule == "denial" else 0
    denies = likely >= _DENIES.get(findings.fault.rule, 2.0) and len(unsaid) <= lacks
    return "no" if denies else None


def _of_another(stated: Facts, quoted: Facts) -> bool:
    """Whether the sentence lacks a name that is asked of, and has another one in its place."""
    missing = [
        name for name in stated.names if not {stem(word) for word in name.words} & quoted.stems
    ]
    asked = {stem(word) for name in stated.names for word in name.words}
    return bool(missing) and any(
        not {stem(word) for word in name.words} & asked for name in quoted.names
    )


def _unsaid(stated: Facts, quoted: Facts) -> list[Word]:
    """The statement's words that the sentence lacks, but for a subject that it calls "she".

    The subject has to stand in the sentence itself, and as its own: "the minister's brother" is
    not the minister.
    """
    telling = [word for word in stated.words if word.telling]
    opening = next((name for name in stated.names if name.start == telling[0].start), None)
    end = opening.end if opening else telling[0].end
    subject = [word for word in telling if word.end <= end]
    named = {word.stem for word in subject} & quoted.stems
    missing = left_out(stated, [quoted])
    if not named or (_owners(quoted) & named) - _owners(stated):
        missing += subject
    resolved = has_pronoun(quoted) and not named
    return [
        word
        for word in dict.fromkeys(missing)
        if word.text.lower() not in _GENERIC and not (resolved and word in subject)
    ]


def _owners(facts: Facts) -> set[str]:
    """The stems of what owns another thing: "the minister's brother", "the port of Vell"."""
    return {stem(one or other) for one, other in _OWNED.findall(facts.text)}
