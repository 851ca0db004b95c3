"""What a question states beside what it asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.question import Constraints
from qa.answering.understanding.archive import outlets_named
from qa.language.counting import NUMBER_WORDS
from qa.language.words import FUNCTION_WORDS

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}} {_MONTH}(?: \d{{4}})?|\b{_MONTH} \d{{1,2}}\b(?:, \d{{4}})?"
    rf"|\b{_MONTH}(?: \d{{4}})?(?!\w)|\b(?:1[0-9]|20)\d\d\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_NUMBER = re.compile(
    rf"\b\d[\d.,]*\d\b|\b\d\b|\b(?:{'|'.join(sorted(NUMBER_WORDS))})\b", re.IGNORECASE
)
_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:of |the )?[A-Z][\w’'-]*)*")


def stated(question: str, outlets: Sequence[str]) -> Constraints:
    """The dates, numbers, names and outlets that stand in `question`, as written, in order.

    Args:
        question: made to stand alone.
        outlets: those that the archive names.
    """
    dates = _DATE.findall(question)
    rest = _DATE.sub(" ", question)
    named, _ = outlets_named(question, outlets)
    return Constraints(
        dates=tuple(dates),
        numbers=tuple(_NUMBER.findall(rest)),
        names=tuple(filter(None, map(_without_opening, _NAME.findall(rest)))),
        outlets=tuple(named),
    )


def _without_opening(name: str) -> str:
    """A name without the function words before it: "Did Renner" is Renner."""
    words = name.split()
    while words and words[0].lower() in FUNCTION_WORDS:
        words.pop(0)
    return " ".join(words)
