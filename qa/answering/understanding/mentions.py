"""Whom and what a piece of text names: what a later pronoun may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.language.words import FUNCTION_WORDS

_TOKEN = re.compile(r"(?:St|Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Gov)\.(?= [A-Z])|\w+(?:[.,’'&-]\w+)*|[^\w\s]")
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,60})[\"”]")
_MARK = re.compile(r"\s*\[\d+\]|\s*\([^()]*\)")
_DATELINE = re.compile(r"^[A-Z]{2}[^\n—]{0,60}— ", re.MULTILINE)
_POSSESSIVE = re.compile(r"[’']s?$")
_LINKS = frozenset("of the and de la van von der bin al & for".split())
_DETERMINERS = frozenset(
    "the a an this that these those any some each all its his her which what many much".split()
)
_ARTICLES = frozenset("the a an his her its my".split())
_PLACED = frozenset("in at to from near off".split())
_ENDS = frozenset('.?!:“"')
_SHORT = 8  # words: an utterance no longer names but one thing
_READ = 2000  # characters of what was said
_AT_MOST = 5  # words of a noun phrase


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a noun phrase, where it stands."""

    text: str  # without article in front or possessive behind
    words: frozenset[str]  # lower case
    before: str  # the word before it, lower case; "" where it opens
    name: bool
    whole: bool  # it is all that was said
    place: int  # among the mentions of its text

    @property
    def determined(self) -> bool:
        """Whether an article or the like stands before it."""
        return self.before in _DETERMINERS

    @property
    def opens(self) -> bool:
        """Whether it opens a sentence."""
        return not self.before or self.before in _ENDS

    @property
    def placed(self) -> bool:
        """Whether it stands where a place does."""
        return self.before in _PLACED

    @property
    def within(self) -> bool:
        """Whether it only says where or of what something is."""
        return self.placed or self.before == "of"


@lru_cache(maxsize=256)
def mentions(text: str) -> tuple[Mention, ...]:
    """The names and noun phrases of `text`, in order; those within others too."""
    text = _DATELINE.sub("", _MARK.sub("", text[:_READ])).strip()
    found: dict[str, tuple[str, bool, bool]] = {}
    if short := _all_of(text):
        found[short] = ("", short[:1].isupper(), True)
    for quoted in _QUOTED.findall(text):
        found.setdefault(quoted.strip(" ,."), ("", True, False))
    tokens = _TOKEN.findall(text)
    for start, end, name in [*_names(tokens), *_phrases(tokens)]:
        before = tokens[start - 1].lower() if start else ""
        said = _POSSESSIVE.sub("", _joined(tokens[start:end]))
        if name and said.startswith("The "):
            before, said = "the", said.removeprefix("The ")
        if len(said) > 1:
            found.setdefault(said, (before, name, False))
    return tuple(
        Mention(said, lowered(said), before, name, whole, place)
        for place, (said, (before, name, whole)) in enumerate(found.items())
    )


@lru_cache(maxsize=4096)
def lowered(text: str) -> frozenset[str]:
    """The words of `text` that carry meaning, possessives off, made comparable."""
    found = [_POSSESSIVE.sub("", token.lower()) for token in _TOKEN.findall(text)]
    known = [word for word in found if word[:1].isalnum()]
    return frozenset([word for word in known if word not in FUNCTION_WORDS] or known)


def _all_of(text: str) -> str:
    """`text` itself, if it is a title or a short answer and no sentence."""
    said = re.split(r"\n\n|, (?=[a-z])", text)[0].strip(" .,;'\"")
    opening = said.split()[0] if said else ""
    if re.fullmatch(r"yes|no", opening, re.IGNORECASE) or _says(said.split()):
        return ""
    command = opening.lower() in FUNCTION_WORDS and opening.lower() not in _ARTICLES
    if "?" in said or not said or len(said.split()) > _SHORT or command:
        return ""
    said = re.sub(r"^(?:the|a|an) (?=[a-z])", "", said)
    # "Ten countries" has its capital from where it stands, "Choe Son Hui" its own.
    common = " " in said and not any(word[0].isupper() for word in said.split()[1:])
    return said[0].lower() + said[1:] if common else said


def _says(said: list[str]) -> bool:
    """Whether a name is told something of: "Tom Okafor voted in favour"."""
    end = next((place for place, word in enumerate(said) if word[0].islower()), len(said))
    return 1 < end < len(said) and said[end] not in FUNCTION_WORDS | _LINKS


def _joined(tokens: list[str]) -> str:
    return re.sub(r" ([,.’'])", r"\1", " ".join(tokens))


def _names(tokens: list[str]) -> list[tuple[int, int, bool]]:
    """Runs of capitals, with what links them within: "Bank of Vell", "Alder and Venn"."""
    found = []
    start = 0
    while start < len(tokens):
        if not _capital(tokens, start):
            start += 1
            continue
        end = ahead = start + 1
        while ahead < len(tokens) and (_capital(tokens, ahead) or tokens[ahead] in _LINKS):
            if _capital(tokens, ahead):
                end = ahead + 1
            if _POSSESSIVE.search(tokens[ahead]) and not _capital(tokens, ahead + 1):
                break
            ahead += 1
        if not (start == 0 and end == 1 and tokens[0].lower() in FUNCTION_WORDS):
            found.append((start, end, True))
            owners = [place for place in range(start, end - 1) if tokens[place].endswith("'s")]
            found += [(start, place + 1, True) for place in owners]
            parts = [place for place in range(start, end) if tokens[place] == "and"]
            for left, right in zip([start - 1, *parts], [*parts, end], strict=True):
                if parts and right > left + 1:
                    found.append((left + 1, right, True))
        start = end
    return found


def _capital(tokens: list[str], place: int) -> bool:
    if place >= len(tokens):
        return False
    token = tokens[place]
    if _opens(tokens, place) and token.lower() in FUNCTION_WORDS:
        return token in {"The", "New"} and _capital(tokens, place + 1)
    if not token[0].isupper():
        return token[0].isdigit() and place > 0 and tokens[place - 1][0].isupper()
    return True


def _opens(tokens: list[str], place: int) -> bool:
    """Whether a capital is owed to the sentence that the token opens."""
    return place == 0 or tokens[place - 1] in _ENDS


def _phrases(tokens: list[str]) -> list[tuple[int, int, bool]]:
    """Runs of words that carry meaning, and their ends: "long artillery rounds", "rounds"."""
    found = []
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and _telling(tokens[end]):
            end += 1
        if end > start:
            # "the council approved": where a noun ends, only its beginning tells; else its end.
            firm = start and tokens[start - 1].lower() in _DETERMINERS
            cuts = (
                [(start, last) for last in range(start + 1, end + 1) if tokens[start][0].islower()]
                if firm
                else [
                    (first, end)
                    for first in range(start, end)
                    if not any(token[0].isupper() for token in tokens[first:end])
                ]
            )
            found += [(first, last, False) for first, last in cuts if last - first <= _AT_MOST]
            if end < len(tokens) - 1 and tokens[end].lower() == "of":
                after = end + 1 + (tokens[end + 1].lower() in _DETERMINERS)
                last = after
                named = after < len(tokens) and tokens[after][0].isupper()
                while (
                    last < len(tokens)
                    and _telling(tokens[last])
                    and tokens[last][0].isupper() == named
                ):
                    last += 1
                if last > after:
                    found.append((start, last, False))
        start = max(end, start + 1)
    return found


def _telling(token: str) -> bool:
    return token[0].isalnum() and token.lower() not in FUNCTION_WORDS
