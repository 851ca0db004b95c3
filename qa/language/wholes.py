"""From some words of a sentence to the whole of what they belong to.

A span reader points at words; what it points at may be half a name, a number without what bounds
it, one thing of several. All functions here take and give `text[start:end]`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice, takewhile

from qa.language.names import find_names
from qa.language.numbers import find_numbers
from qa.language.roles import ROLES
from qa.language.words import FUNCTION_WORDS, stem

Span = tuple[int, int]

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
# "over four stages", "under 16": whether these bound a number, the number does not tell.
_SPACES = re.compile(r"(?:over|under|above|below|beyond)\b", re.IGNORECASE)
# "4.50 crowns an hour", "12 per cent per year".
_RATE = re.compile(
    r"\s{1,3}(?:per\s{1,3}\w{1,20}|an?\s{1,3}\w{1,20}(?=[,;:.!?]|$|\s(?:and|in|on|for|from|to)\b))"
)
_BORDER = re.compile(
    r"[,;:](?=\s)(?!\s\d{4}\b)(?:\s+and\b)?|\s[—–]\s|[()\"“”]"
    r"|\b(?:because(?: of)?|since|so that|after|although|while|whereas|when|but|which|who)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?P<last>,?\s{1,3}(?:and|or)\s{1,3})|,\s{1,3}")
_JOINED = re.compile(r"(?:(?P<last>,?\s{1,3}(?:and|or)\s{1,3})|,\s{1,3})(?:the\s{1,3})?$")
_ITEM_ENDS = re.compile(r"\s{0,3}[,;:.!?()—–\"“”]|\s{1,3}(?:and|or)\b")
_INSIDE_AN_ITEM = frozenset({"of", "the", "a", "an", "no", "new", "its", "his", "her", "their"})
_KINDS = 3  # words between the kind of a thing and its noun
_LONGEST_ITEM = 6  # words; what is longer is rather a clause


def whole(text: str, start: int, end: int) -> Span:
    """Grown to whole words, to whole names, and to a number with its bound and its unit.

    "Young-joon" becomes "Ahn Young-joon", "9,000" "nearly 9,000 litres". A role
    before a name stays out.
    """
    for pieces in (_words, _names, _numbers):
        for left, right in list(pieces(text, start, end)):
            start, end = min(start, left), max(end, right)
    return start, end


def _words(text: str, start: int, end: int) -> Iterator[Span]:
    for word in _WORD.finditer(text):
        if word.start() < start < word.end() or word.start() < end < word.end():
            yield word.span()


def _names(text: str, start: int, end: int) -> Iterator[Span]:
    """The rest of a name that is half in the span, up to the role or the "of" beside it."""
    for name in find_names(text):
        if name.start < end and name.end > start:
            words = list(_WORD.finditer(text, name.start, name.end))
            if any(_names_somebody(word) for word in words if start <= word.start() < end):
                before = [word for word in words if word.end() <= start]
                after = [word for word in words if word.start() >= end]
                if any(word.end() == end and word[0].lower() in ROLES for word in words):
                    after = []  # "Deputy Foreign Minister" is whole without who that is
                yield from (w.span() for w in takewhile(_names_somebody, reversed(before)))
                yield from (w.span() for w in takewhile(_names_somebody, after))


def _names_somebody(word: re.Match[str]) -> bool:
    return word[0][0].isupper() and word[0].lower() not in ROLES


def _numbers(text: str, start: int, end: int) -> Iterator[Span]:
    for number in find_numbers(text):
        if number.start < end and number.end > start:
            bound = _SPACES.match(text, number.start)
            yield (start if bound else number.start), number.end
            if rate := _RATE.match(text, number.end):
                yield start, rate.end()


def noun(text: str, start: int, end: int, asked: Collection[str]) -> int:
    """The end of the noun that the span only says the kind of: "intercontinental" missiles.

    Args:
        asked: stems of the noun that is asked for; where it follows, the span ends with it.
    """
    said = _WORD.findall(text[start:end])
    if not said or said[-1][0].isupper() or {stem(word) for word in said} & set(asked):
        return end
    reached = end
    for word in islice(_WORD.finditer(text, end), _KINDS):
        if text[reached : word.start()].strip() or word[0].lower() in FUNCTION_WORDS:
            break
        reached = word.end()
        if stem(word[0]) in asked:
            return reached
    return end


def has_value(text: str, start: int, end: int) -> bool:
    """Whether the span has a name or a number in it: no manner, but a thing."""
    values = [(one.start, one.end) for one in find_names(text)]
    values += [(one.start, one.end) for one in find_numbers(text)]
    return any(left < end and right > start for left, right in values)


def clause(text: str, start: int, end: int) -> Span:
    """Grown to the clause around it: "the rails had stretched" from "rails".

    Punctuation and what joins clauses ends it, and is left out.
    """
    left, right = 0, len(text.rstrip(" .!?"))
    for border in _BORDER.finditer(text):
        if border.start() <= start:
            left = min(border.end(), start)
        elif border.start() >= end:
            right = min(right, border.start())
            break
    while left < start and text[left].isspace():
        left += 1
    return left, max(end, left + len(text[left:right].rstrip()))


def series(text: str, start: int, end: int) -> Span:
    """Grown to the list around it: "tin" to "tin, wool and 300 clay pipes".

    What comes before is taken in where it is names: where the first of other things begins, only
    their sense tells. As it is where there is no list.
    """
    first, before = _leading_names(text, start)
    last, after = _following(text, end, capital=text[start:end].removeprefix("the ")[:1].isupper())
    return (first, last) if before or after else (start, end)


def _leading_names(text: str, start: int) -> tuple[int, bool]:
    """Where the names before `start` begin, and whether "and" joins the last of them to it."""
    begins = {name.end: name.start for name in find_names(text)}
    closed = False
    while (step := _JOINED.search(text, 0, start)) and step.start() in begins:
        closed = closed or bool(step["last"])
        start = begins[step.start()]
        start -= len("the ") if text[:start].endswith("the ") else 0
    return start, closed


def _following(text: str, end: int, *, capital: bool) -> tuple[int, bool]:
    """Where the list that goes on at `end` ends, and whether it does with "and"."""
    place = end
    while step := _NEXT.match(text, place):
        item = _item(text, step.end(), capital=capital)
        # Of two that are no names, the second is rather another clause's beginning.
        if item == step.end() or (step["last"] and place == end and not capital):
            break
        place = item
        if step["last"]:
            return place, True
    return end, False


def _item(text: str, start: int, *, capital: bool) -> int:
    """The end of the list's item that begins at `start`; `start` if none does."""
    stop = _ITEM_ENDS.search(text, start)
    end = start
    for number, word in enumerate(_WORD.finditer(text, start, stop.start() if stop else len(text))):
        inside = word[0].lower() in _INSIDE_AN_ITEM
        if not inside and (word[0].lower() in FUNCTION_WORDS or capital != word[0][0].isupper()):
            break
        if number == _LONGEST_ITEM:
            return start
        end = end if inside else word.end()
    return end
