"""The names of a text, and whether two of them are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from qa.language.dates import MONTHS, SHORT_MONTHS, WEEKDAYS
from qa.language.numerals import CARDINALS, ORDINALS
from qa.language.roles import NAME_PARTICLES, ROLES
from qa.language.words import FUNCTION_WORDS, stem

# A stop belongs to an initial or to a title; elsewhere it ends the sentence.
_WORD = re.compile(
    r"(?:[A-Z]\.)+(?=\s?[A-Z])|(?:[A-Z]\.){2,}|(?:Dr|Mr|Mrs|Ms|St|Prof|Gen|Col|Sen|Rep|Gov|Lt|Sgt)\."
    r"|[^\W\d_](?:[^\W_]|[&’'-](?=[^\W_]))*"
)
# What may stand between the words of one name.
_PARTICLES = NAME_PARTICLES | frozenset(["of", "the", "del", "della", "do", "dos", "&"])
_TITLES = ROLES | frozenset(
    "mr mrs ms miss dr prof sir dame lord lady vice prime foreign former acting rev st saint gen "
    "col sen rep gov lt sgt".split()
)
# Days, months and numbers have capitals, or stand where one does, and name nobody.
NOT_NAMES = frozenset(
    [*MONTHS, *WEEKDAYS, *CARDINALS, *ORDINALS, *map(str.lower, SHORT_MONTHS), "i"]
)
_OF_A_COUNTRY = frozenset(["", *"a e y ia n an ian ean ese ish i".split()])
_ARTICLES = {"The", "A", "An"}
_POSSESSIVE = re.compile(r"[’']s?$")
_OPENING = re.compile(r"(?:^|[.!?:…][\"'”’)]{0,4}\s{1,8}|\n|[\"“‘(«—–])\s{0,8}[\"“‘(«]{0,8}$")


@dataclass(frozen=True, slots=True)
class Name:
    """`text[start:end] == words joined`, particles and all."""

    start: int
    end: int
    words: tuple[str, ...]  # as written, possessive endings off
    sure: bool = True  # False: one word that may owe its capital to the sentence it opens

    @property
    def text(self) -> str:
        return " ".join(self.words)


def find_names(text: str) -> list[Name]:
    """The names of `text`, in order: runs of capitals, with "of", "van" and their like between."""
    return [name for run in _runs(text) if (name := _name(text, run))]


def is_title(word: str) -> bool:
    """Whether a word stands before names of people: "Mayor", "Dr."."""
    return word.lower().rstrip(".") in _TITLES


def same_name(one: Name | str, other: Name | str) -> bool:
    """Whether one is a short form of the other: "Luxon" or "EU" of a longer name.

    Titles and particles count for nothing; "Anna Berg" and "Lars Berg" are two people.
    """
    few, many = sorted((name_key(one), name_key(other)), key=len)
    if not few:
        return False
    if all(any(_short_for(word, whole) for whole in many) for word in few):
        return True
    if len(few) == 1 and len(many) > 1:
        return few[0] == "".join(word[0] for word in many)
    return len(few) == len(many) == 1 and _kin(few[0], many[0])


def name_key(name: Name | str) -> tuple[str, ...]:
    """The words of a name that tell it apart, in lower case."""
    words = name.words if isinstance(name, Name) else _WORD.findall(name)
    lowered = [_POSSESSIVE.sub("", word).lower().replace(".", "") for word in words]
    telling = [word for word in lowered if word not in _TITLES and word not in _PARTICLES]
    return tuple(telling or lowered)


def _short_for(word: str, whole: str) -> bool:
    """ "Chris" of "Christopher"; a single initial is too little."""
    return word == whole or (
        len(word) > 3 and len(whole) - len(word) > 3 and whole.startswith(word)
    )


def _kin(one: str, other: str) -> bool:
    """A country and its people, one word and its plural: "Russia" and "Russian"."""
    shared = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
    endings = {one[shared:], other[shared:]}
    return stem(one) == stem(other) or (shared > 3 and endings <= _OF_A_COUNTRY)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Capitals that stand together, with what may stand between them."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        together = bool(run) and text[run[-1].end() : match.start()] in {" ", "\u00a0"}
        if together and (_is_capital(match[0]) or match[0].lower() in _PARTICLES):
            run.append(match)
            continue
        yield run
        run = [match] if _is_capital(match[0]) else []
    yield run


def _name(text: str, run: list[re.Match[str]]) -> Name | None:
    if not run:
        return None
    opens = bool(_OPENING.search(text[max(0, run[0].start() - 8) : run[0].start()]))
    # "Residents of the Lower Bank", "In Vessmark": the first capital is the sentence's.
    alone = len(run) == 1 or not _is_capital(run[1][0])
    borrowed = opens and (_is_common(run[0][0]) or (alone and len(run) > 1))
    capitals = [
        place
        for place, match in enumerate(run)
        if place >= borrowed and _is_capital(match[0]) and match[0] not in _ARTICLES
    ]
    if not capitals:
        return None
    run, opens = run[capitals[0] : capitals[-1] + 1], opens and not borrowed
    words = tuple(_POSSESSIVE.sub("", match[0]) for match in run)
    sure = len(run) > 1 or not opens or words[0].isupper()
    return Name(run[0].start(), run[-1].start() + len(words[-1]), words, sure)


def _is_capital(word: str) -> bool:
    bare = _POSSESSIVE.sub("", word).rstrip(".").lower()
    return word[0].isupper() and not {bare, bare.split("-")[0], bare.rstrip("s")} & NOT_NAMES


def _is_common(word: str) -> bool:
    """A function word, that owes its capital to its place."""
    return word.lower() in FUNCTION_WORDS and not (len(word) > 1 and word.isupper())
