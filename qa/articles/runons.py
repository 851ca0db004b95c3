"""Pages whose menus, headline and article run together on one line: cut where prose begins."""

from __future__ import annotations

import re

from qa.articles.dates import DATE_LIKE
from qa.articles.prose import is_function_word

_MIN_WORDS = 50
_MENU = 9  # words in a row that begin with a capital and have no comma or stop: no sentence does
_SENTENCE = re.compile(
    r"(?:(?<=[.!?…]{2})|(?<=[^.\s][a-z\d)%»”][.!?…])|(?<=[.!?…][\"”’»)]))\s+(?=[\"“«‘„(¿¡]?[^\W\d_a-zà-ÿа-яё])"
)
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4}\b)?)?"
_AFTER_DATE = re.compile(rf"({DATE_LIKE}{_TIME})\s+(?=[^\W\d_a-z])")

_BEFORE_BYLINE = re.compile(r"(?<!\s)\s+(?=By [A-Z][\w.’'-]+ [A-Z])")


def split_run_on(line: str) -> list[str]:
    """Return the line itself, or its sentences where it is a page and not a paragraph."""
    found = line.split()
    if len(found) < _MIN_WORDS or not _has_menu(found):
        return [line]
    parts = [part for sentence in _SENTENCE.split(line) for part in _at_seams(sentence)]
    return [piece for part in parts for piece in _from_menu(part)]


def _has_menu(found: list[str]) -> bool:
    run = 0
    for word in found:
        run = run + 1 if _is_label(word) else 0
        if run >= _MENU:
            return True
    return False


def _is_label(word: str) -> bool:
    return not word[0].islower() and word[-1] not in ".,;:!?"


def _at_seams(sentence: str) -> list[str]:
    """Break before a byline and after a date."""
    return _BEFORE_BYLINE.sub("\n", _AFTER_DATE.sub(r"\1\n", sentence)).split("\n")


def _from_menu(sentence: str) -> list[str]:
    """Cut off the labels before the capital that the first running words follow."""
    found = sentence.split()
    start = 0
    for index in range(1, len(found) - 3):
        ahead = found[index : index + 4]
        if sum(word[0].islower() for word in ahead) >= 3 and any(map(is_function_word, ahead)):
            start = index - 1
            while start and found[start][0].islower():
                start -= 1
            break
    if start < 4 or sum(map(_is_label, found[:start])) < 0.8 * start:
        return [sentence]
    return [" ".join(found[:start]), " ".join(found[start:])]
