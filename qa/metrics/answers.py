"""How near a given answer comes to the expected ones, by SQuAD's definitions.

Rajpurkar, Zhang, Lopyrev, Liang, "SQuAD: 100,000+ Questions for Machine Comprehension of Text",
EMNLP 2016; for questions without an answer, Rajpurkar, Jia, Liang, "Know What You Don't Know",
ACL 2018.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_MUCH = 0.5  # of an answer that a guess says only a part of, by F1
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_TYPOGRAPHIC = str.maketrans("“”‘’«»„…–—", '""\'\'""".  ')
_ARTICLES = re.compile(r"\b(a|an|the)\b")


@lru_cache(maxsize=4096)  # an article is looked into for every question that names it
def normalize(text: str) -> str:
    """Lower case, no ASCII punctuation, no articles, single spaces."""
    kept = text.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", kept).split())


def exact(guess: str, answers: Sequence[str]) -> float:
    """1 where the guess is one of the answers after normalisation, else 0."""
    return float(any(normalize(guess) == normalize(answer) for answer in answers))


def f1(guess: str, answers: Sequence[str]) -> float:
    """The best F1 over words with any of the answers, 0 to 1; two empty texts agree."""
    return max(_f1(normalize(guess).split(), normalize(a).split()) for a in answers)


def holds(text: str, answer: str) -> bool:
    """Whether the answer's words stand in the text, next to each other, after normalisation.

    Other than in SQuAD's own scores, typographic quotation marks and dashes are punctuation too.
    """
    wanted = normalize(answer.translate(_TYPOGRAPHIC))
    return bool(wanted) and f" {wanted} " in f" {normalize(text.translate(_TYPOGRAPHIC))} "


def agrees(guess: str, answers: Sequence[str]) -> bool:
    """Whether the guess would do for one of the answers: it holds it, or is much of it.

    "At least 3 million" does for "3 million" and the other way round; "2 million" does not, however
    many words it shares.
    """
    return any(
        holds(guess, answer) or (holds(answer, guess) and f1(guess, [answer]) >= _MUCH)
        for answer in answers
    ) or bool(exact(guess, answers))


def _f1(guess: Sequence[str], answer: Sequence[str]) -> float:
    if not guess or not answer:
        return float(guess == answer)
    shared = (Counter(guess) & Counter(answer)).total()
    return 2 * shared / (len(guess) + len(answer))
