"""The runs of words by which two texts are compared."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
_QUOTED = re.compile(r"[“\"][^“”\"\n]{0,2000}[”\"]")
_LENGTH = 4  # words: three are stock phrases, of five a light edit breaks too many
_LEAST = 25  # words outside quotations that a text needs to be told by them


def shingles(text: str) -> frozenset[str]:
    """The runs of words, quotations left out: who reports on a speech by themselves quotes it too.

    A text that hardly says anything else keeps its quotations.
    """
    told = _WORD.findall(_QUOTED.sub(" ", text).casefold())
    return runs(told if len(told) >= _LEAST else _WORD.findall(text.casefold()))


def runs(words: list[str]) -> frozenset[str]:
    """Each run of `_LENGTH` words; all of them where there are fewer."""
    last = max(len(words) - _LENGTH, 0)
    return frozenset(" ".join(words[n : n + _LENGTH]) for n in range(last + 1))


def share(part: frozenset[str], whole: frozenset[str]) -> float:
    """How much of `part` stands in `whole`, 0 to 1."""
    return len(part & whole) / len(part) if part else 0.0


def repeats(text: str, quote: str) -> bool:
    """Whether `text` has the words of `quote`, be they lightly edited."""
    held = runs(_WORD.findall(text.casefold()))
    return share(runs(_WORD.findall(quote.casefold())), held) >= _SAME_SENTENCE


_SAME_SENTENCE = 0.5  # of a sentence's runs: an edited word breaks four of them
