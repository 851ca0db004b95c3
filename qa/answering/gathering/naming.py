"""Who somebody is: the title before a name, or the apposition after it.

"Who is Ada Renner?" asks for what the articles call her. A span reader takes "who" for another
person in the sentence, so the wording around the name answers instead. Where that says nothing, the
reader's answer stands, unless it is a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qa.answering.gathering.evidence import Evidence
from qa.answering.question import Question
from qa.language.roles import NAME_PARTICLES, NOT_IN_A_TITLE, ROLES
from vectorstore.passage import Passage

# How often such a description is right: docs/measurements.md.
_PROBABILITY = 0.9
_ROLE = rf"(?i:{'|'.join(sorted(ROLES))})\b"
_WORD = (
    rf"(?!(?:{'|'.join(sorted(NOT_IN_A_TITLE))})\b)"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)(?!(?:On|In|At|By|For|From|With|After|As)\b)"
    r"[\w’'&.-]+ "
)
_PLACE = rf"(?: (?:of|for|at|in|on|from) (?:{_WORD}){{0,5}}?[\w’'&.-]*\w)?"
_TITLE = rf"(?:{_WORD}){{0,6}}{_ROLE}{_PLACE}"
_FIRST = r"(?:(?i:the|a|an|its|their|his|her)|[\w-]+['’]s?|[A-Z][\w’'.-]*)"


def evidence(
    question: Question, passages: Sequence[Passage], read: list[Evidence]
) -> list[Evidence]:
    """What the passages call the person asked for; `read` as it is where another thing is asked."""
    name = question.fact.person
    if not name or not any(_spelled(name).search(one.text) for one in passages):
        return read
    return descriptions(name, passages) or [one for one in read if not _somebody_else(name, one)]


def descriptions(name: str, passages: Sequence[Passage]) -> list[Evidence]:
    """The sentences that say who `name` is, what they call them as the short answer.

    What most sentences say comes first, and of two as common the longer.
    """
    found = [one for passage in passages for one in _described(name, passage)]
    votes = Counter(_plain(one.short) for one in found)
    return sorted(found, key=lambda one: (-votes[_plain(one.short)], -len(one.short.split())))


def _plain(short: str) -> str:
    return short.lower().removeprefix("the ")


def _spelled(name: str) -> re.Pattern[str]:
    """The name as an article writes it: each word with a capital, particles apart."""
    words = (
        re.escape(word)
        if word in NAME_PARTICLES
        else rf"[{re.escape(word[0].upper())}](?i:{re.escape(word[1:])})"
        for word in name.split()
    )
    return re.compile(r"\b" + " ".join(words) + r"\b(?!['’]\w)")


def _somebody_else(name: str, one: Evidence) -> bool:
    """Whether it gives another name, or stands in a sentence that does not name them."""
    is_name = bool(one.short) and all(w[0].isupper() for w in one.short.split() if w.isalpha())
    return is_name or not _spelled(name).search(one.text)


def _described(name: str, passage: Passage) -> Iterator[Evidence]:
    shift = passage.start
    for start, end in passage.sentences:
        sentence = passage.text[max(0, start - shift) : end - shift]
        if start >= shift and (short := description(name, sentence)):
            yield Evidence(passage.article_id, start, end, sentence, short, _PROBABILITY)


def description(name: str, sentence: str) -> str:
    """What `sentence` calls `name`; empty if nothing."""
    for match in _spelled(name).finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if short := _apposition(after) or _said(after) or _title(before):
            return short
    return ""


def _apposition(after: str) -> str:
    """`, the harbour's engineer,`; `, 47, a former champion.`; `, head of the port,`."""
    match = re.match(
        rf"(?:, \d{{1,3}})?, (?:who (?:is|was) (?=an? |the ))?({_TITLE})(?=[,;:)]|\.?[\"”]?$)",
        after.rstrip(),
    )
    return match[1] if match else ""


def _said(after: str) -> str:
    """` is a lock keeper`, ` became the mayor of Vell`."""
    ends = r"(?=[,;:)]|\.?[\"”]?$| (?:and|but|who|when|while|until|before|after|since|as)\b)"
    match = re.match(rf" (?:is|was|became) ((?:the|an?) {_TITLE}){ends}", after.rstrip())
    return match[1] if match else ""


def _title(before: str) -> str:
    """`Harbour Minister `, `the port's chief executive, `, before a name or its given names."""
    match = re.search(rf"(?<![\w’'-])({_TITLE}),? (?:[A-Z][\w’'.-]* ){{0,2}}$", before[-200:])
    if not match:
        return ""
    words = match[1].split(" ")
    # A title starts with a determiner, an owner, a capital, or right before the role.
    starts = [n for n, word in enumerate(words) if re.fullmatch(_FIRST, word)]
    first = starts[0] if starts else max(0, _role_at(words) - 1)
    return " ".join(words[first:])


def _role_at(words: Sequence[str]) -> int:
    return next(n for n, word in enumerate(words) if re.fullmatch(_ROLE, word))
