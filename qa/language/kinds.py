"""What kind of thing a question asks for, and whether a sentence offers one."""

from __future__ import annotations

import re
from enum import Enum

from qa.language.words import FUNCTION_WORDS, words


class Kind(Enum):
    """The kind of answer that a question expects."""

    PERSON = "person"
    TIME = "time"
    QUANTITY = "quantity"
    PLACE = "place"
    REASON = "reason"
    OTHER = "other"


_ASKS = (
    (
        Kind.TIME,
        r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|century|decade)\b|\bsince when",
    ),
    (
        Kind.QUANTITY,
        r"\bhow (?:many|much|long|old|far|big|large|tall|high|often|fast|deep|wide)\b"
        r"|\b(?:what|which) (?:percentage|percent|number|amount|share|proportion|age|price)\b",
    ),
    (
        Kind.PLACE,
        r"\bwhere\b|\b(?:what|which) (?:country|countries|city|town|state|place|region|location)\b",
    ),
    (
        Kind.PERSON,
        r"\bwho(?:m|se)?\b|\b(?:what|which) (?:[\w-]+ ){0,3}(?:person|man|woman|president|minister"
        r"|premier|chancellor|ambassador|diplomat|official|leader|mayor|governor|senator|general"
        r"|spokes(?:man|woman|person))\b",
    ),
    (Kind.REASON, r"\bwhy\b|\bwhat (?:caused|led)\b|\bfor what reason\b"),
)
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion trillion dozen dozens hundreds thousands millions billions "
    "half twice double doubled third quarter several"
).replace(" ", "|")
_QUANTITY = re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:1[0-9]|20)\d\d\b|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?:today|yesterday|tomorrow|tonight|century|decade|last (?:week|month|year|night)"
    r"|(?:weeks?|months?|years?|days?|hours?) (?:ago|later|earlier))\b"
)
_PLACE = re.compile(r"\b(?:in|at|to|from|near|off|of|outside|across|over)\s+(?:the\s+)?[A-Z]\w+")
_REASON = re.compile(
    r"\b(?:because|since|due|as a result|after|in order to|so that|to \w+|over|citing|amid)\b",
    re.IGNORECASE,
)


def kind_of(question: str) -> Kind:
    """The kind of answer that `question` expects."""
    lowered = question.lower()
    return next((kind for kind, asks in _ASKS if re.search(asks, lowered)), Kind.OTHER)


def offers(kind: Kind, sentence: str, question: str) -> bool:
    """Whether `sentence` holds something of this kind that `question` does not already hold."""
    known = {word.lower() for word in words(question)}
    if kind is Kind.PERSON:
        return any(
            word[0].isupper() and word.lower() not in known and word.lower() not in FUNCTION_WORDS
            for word in words(sentence)
        )
    patterns = {
        Kind.TIME: _TIME,
        Kind.QUANTITY: _QUANTITY,
        Kind.PLACE: _PLACE,
        Kind.REASON: _REASON,
    }
    if kind not in patterns:
        return True
    return any(
        not {word.lower() for word in words(match.group())} <= known
        for match in patterns[kind].finditer(sentence)
    )
