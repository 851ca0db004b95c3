"""Text as lexemes of our own making: no server's locale or dictionary decides what is found.

They are those of the SQLite ledger's full-text index: runs of letters and digits, without accents
and without regard to case, cut to their stems by Porter's algorithm (1980).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock
from typing import Any

from vectorstore.lexical import SPACELESS, terms

_TOKEN = re.compile(rf"[{SPACELESS}]|[^\W_{SPACELESS}]+")
_JOINTS = frozenset(".’'")  # what may stand within a word
_ACCENTS = re.compile("[\u0300-\u036f]")
_LONGEST = 500  # characters of a lexeme; PostgreSQL takes 2,046 bytes
_SHORTEST, _LAST_STEMMED = 3, 64  # lengths that SQLite's stemmer cuts
_guard = Lock()


def vector(title: str, text: str) -> tuple[str, int]:
    """A passage as a tsvector, the title's lexemes weighing A, and how many words it has."""
    places: dict[str, list[str]] = defaultdict(list)
    words = place = 0
    for part, weight in ((title, "A"), (text, "")):
        singles, pairs = _lexemes(part)
        words += len(singles)
        for lexeme in singles + pairs:
            place += 1
            places[lexeme].append(f"{place}{weight}")
    return " ".join(f"'{lexeme}':{','.join(at)}" for lexeme, at in places.items()), words


def asked(query: str) -> list[str]:
    """The lexemes that `query` asks for, each once."""
    found: list[str] = []
    for term in terms(query):
        singles, pairs = _lexemes(term.replace(" ", ""))
        found += pairs or singles
    return list(dict.fromkeys(found))


def tsquery(lexemes: list[str]) -> str:
    """The tsquery that finds any of `lexemes`."""
    return " | ".join(f"'{lexeme}'" for lexeme in lexemes)


def _lexemes(text: str) -> tuple[list[str], list[str]]:
    """The words, and the pairs of those that nothing or a joint stands between."""
    text = _folded(text)
    found = [match for match in _TOKEN.finditer(text) if len(match[0]) <= _LONGEST]
    stems = {match.start(): _stem(match[0]) for match in found}
    pairs = [
        f"{stems[one.start()]} {stems[two.start()]}"
        for one, two in pairwise(found)
        if one.end() == two.start() or text[one.end() : two.start()] in _JOINTS
    ]
    return list(stems.values()), pairs


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", text))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    if not _SHORTEST <= len(word) <= _LAST_STEMMED:
        return word
    with _guard:  # the stemmer keeps the word that it works on in itself
        return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("porter")
