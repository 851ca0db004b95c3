"""Whether an answer counts what the question counts: pages, or areas.

A question of "how many pages" meets "it covers 15 areas" in every other word. So the words behind
the answer's numbers are held against those behind "how many", by meaning.
"""

from __future__ import annotations

import re

from qa.checking.facts import Facts, facts_of
from qa.language.numbers import Number
from qa.reader.sentence_reader import Encode

_HOW_MANY = re.compile(r"\bhow many\b(.*)", re.IGNORECASE)
_ASKED, _BESIDE = 4, 2  # telling words looked at


def counts_other(question: str, sentence: str, short: str, encode: Encode) -> float:
    """How far what is counted is from what is to be counted, 0 (the same) to 1 (no number at all).

    0 too where the question counts nothing, or no word stands behind a number.

    Args:
        sentence: what is quoted.
        short: the answer in it; empty: all of it.
        encode: texts to vectors of length one.
    """
    asked = _asked(question)
    if not asked:
        return 0.0
    facts = facts_of(sentence)
    numbers = _numbers(facts, short)
    if not numbers:
        return 1.0
    beside = [word for number in numbers for word in _behind(facts, number)]
    return max(0.0, 1.0 - float((encode(asked) @ encode(beside).T).max())) if beside else 0.0


def _asked(question: str) -> list[str]:
    """The words behind "how many", as far as the verb: what is to be counted."""
    found = _HOW_MANY.search(question)
    if not found:
        return []
    asked: list[str] = []
    for word in facts_of(found[1]).words[:_ASKED]:
        if not word.telling:
            break
        asked.append(word.text.lower())
    return asked


def _numbers(facts: Facts, short: str) -> list[Number]:
    """The numbers of the answer."""
    start = max(0, facts.text.find(short))
    end = start + len(short) if short and short in facts.text else len(facts.text)
    return [number for number in facts.numbers if number.start < end and number.end > start]


def _behind(facts: Facts, number: Number) -> list[str]:
    """The first telling words behind a number, in its clause."""
    clause = next((word.clause for word in facts.words if word.start >= number.start), None)
    behind = (w for w in facts.words if w.start >= number.end and w.clause == clause)
    return [word.text.lower() for word in behind if word.telling][:_BESIDE]
