"""A model's reply as it comes, taken apart into sentences and the passages that each one cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.articles.sentences import Span, sentence_spans

# `[2]`, `[2, 3]`, `[Passage 2]`: as models write it, whatever they are told.
_MARK = re.compile(r"\[(?:passages?\s*)?(\d{1,4}(?:\s*[,;]\s*\d{1,4}){0,9})\]", re.IGNORECASE)
_SPACED_MARK = re.compile(rf"(?<!\s)\s*{_MARK.pattern}", re.IGNORECASE)
_MARKS = rf"(?:\s*{_MARK.pattern})+"
_AFTER_THE_STOP = re.compile(rf"(?<![.!?])([.!?]{{1,3}}[\"'”’»)]*)({_MARKS})", re.IGNORECASE)
_BEFORE_A_MARK = re.compile(rf"(?<!\s)\s+(?={_MARK.pattern})", re.IGNORECASE)
# What may still be arriving.
_OPEN = re.compile(r"(?<!\s)\s*\[[^\[\]\n]{0,40}\Z|<think>.*", re.DOTALL)
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_THINKING = re.compile(r"(?<=<think>).+(?=.{7}\Z)", re.DOTALL)  # all but a beginning of its end
_BULLET = re.compile(r"(?<=\n)[ \t]*(?:[-*•#>]+|\d{1,2}[.)])[ \t]+")
_YES_OR_NO = re.compile(r"^(?:yes|no)(?!\.\s*\d)(?:[,.:;!]+\s*|$)", re.IGNORECASE)  # "No. 10"
_EMPHASIS = re.compile(r"\*{2,3}|__|`+|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")

_AHEAD = 5  # words after a stop that may tell that it ends no sentence
_LONGEST = 1_200  # characters; what is longer is no sentence, and is not waited for


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence as the model wrote it, without its marks, and the numbers that they held."""

    text: str
    numbers: tuple[int, ...] = ()


def sentences(pieces: Iterable[str]) -> Iterator[Drafted | None]:
    """Yield each sentence when it is whole, marks and all; None while there is none yet."""
    rest = "\n"  # a reply begins a line
    for piece in pieces:
        text = _plain(rest + piece)
        spans = _spans(text)
        whole = spans[: _settled(text, spans)]
        rest = text[whole[-1][1] :] if whole else text
        yield from filter(None, (_drafted(text[start:end]) for start, end in whole))
        said = _OPEN.sub("", rest)
        if len(said) > _LONGEST:
            yield _drafted(said)
            rest = rest[len(said) :]
        yield None
    yield from filter(None, (_drafted(rest[start:end]) for start, end in _spans(rest)))


def _settled(text: str, spans: Sequence[Span]) -> int:
    """How many sentences no later word can change."""
    if spans and len(text[slice(*spans[-1])].split()) > _AHEAD:
        return len(spans) - 1
    return max(len(spans) - 2, 0)


def _plain(written: str) -> str:
    """Without thoughts and bullets, and with each mark before the stop of its sentence."""
    text = _BULLET.sub("", _THINKING.sub("", _THOUGHT.sub("", written)))
    text = _BEFORE_A_MARK.sub(" ", text)
    return _AFTER_THE_STOP.sub(lambda match: match[2] + match[1] + " ", text)


def _spans(text: str) -> list[Span]:
    return sentence_spans(_OPEN.sub("", text))


def _drafted(part: str) -> Drafted | None:
    """The sentence, if there is one: a bare "Yes" claims nothing that could be proven."""
    listed = [number for match in _MARK.finditer(part) for number in re.findall(r"\d+", match[1])]
    text = " ".join(_EMPHASIS.sub("", _SPACED_MARK.sub("", part)).split())
    text = _YES_OR_NO.sub("", text)
    if not re.search(r"\w", text):
        return None
    return Drafted(text[0].upper() + text[1:], tuple(dict.fromkeys(map(int, listed))))
