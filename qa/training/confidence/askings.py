"""What is asked of a collection: its questions as they are, and so that nothing answers them.

A question has no answer where its article is left out of the search, where the passages that give
the answer are, or where its year, number or name is another one, or a year is added.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.training.confidence.collections import FIT, HELD, Collection, Question
from qa.training.negatives import NAME, NUMBER, YEAR, named, split_at

ASKED, NO_ARTICLE, NO_PASSAGE = "asked", "no article", "no passage"
SWAPPED, DATED = "swapped", "dated"
_SHARES = ((NO_ARTICLE, 0.3), (NO_PASSAGE, 0.3), (SWAPPED, 0.5))
_DATED = 0.25  # of what can be answered, asked of another year
_YEARS_OFF = (-11, -7, -4, -3, -2, -1, 1, 2, 3, 4, 7, 11)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, and in which way it is asked."""

    question: Question
    text: str
    how: str

    @property
    def answerable(self) -> bool:
        return self.how == ASKED and bool(self.question.articles)


def draw(collection: Collection, texts: dict[str, str], size: int, seed: int) -> list[Asking]:
    """Up to `size` questions of each half, each as it is and some so that nothing answers.

    Args:
        collection: where the questions are from.
        texts: article id to its text, of the whole archive.
        size: questions of a half.
        seed: of the choice.
    """
    rng = random.Random(f"{seed} {collection.name}")
    askings = []
    for part in (FIT, HELD):
        among = [one for one in collection.questions if one.part == part]
        for question in rng.sample(among, min(size, len(among))):
            askings.append(Asking(question, question.text, ASKED))
            if question.articles:
                askings += _unanswerable(question, texts, rng)
    dated = (_dated(one.question, texts, rng) for one in askings if one.answerable)
    return askings + [one for one in dated if one]


def _dated(question: Question, texts: dict[str, str], rng: random.Random) -> Asking | None:
    """The question about a year that the articles which answer it do not mention."""
    gold = "\n".join(texts[one] for one in question.articles)
    year = str(rng.randint(1990, 2024))
    if rng.random() >= _DATED or year in gold or YEAR.search(question.text):
        return None
    return Asking(question, f"{question.text.rstrip(' ?')} in {year}?", DATED)


def _unanswerable(
    question: Question, texts: dict[str, str], rng: random.Random
) -> Iterator[Asking]:
    for how, share in _SHARES:
        if rng.random() >= share:
            continue
        text = _swapped(question, texts, rng) if how == SWAPPED else question.text
        if text:
            yield Asking(question, text, how)


def _swapped(question: Question, texts: dict[str, str], rng: random.Random) -> str:
    """The question about another year, number or name; "" where it has none to swap."""
    gold = "\n".join(texts[one] for one in question.articles)
    lowered = question.text.lower()
    for pattern in rng.sample((YEAR, NUMBER, NAME, NAME), 4):
        known = [one for one in named(pattern, gold) if len(one) > 1 and one.lower() in lowered]
        asked = [one for one in known if split_at(one, question.text)[1]]
        if not asked:
            continue
        old = max(asked, key=len)
        if new := _other(pattern, old, gold, texts, rng):
            before, _, after = split_at(old, question.text)
            return f"{before}{new}{after}"
    return ""


def _other(
    pattern: re.Pattern[str], old: str, gold: str, texts: dict[str, str], rng: random.Random
) -> str:
    """Another year, number or name than `old`, and none that the gold articles mention."""
    if pattern is YEAR:
        offered = [str(int(old) + by) for by in _YEARS_OFF]
    else:
        elsewhere = texts[rng.choice(sorted(texts))]
        offered = [m for m in named(pattern, elsewhere) if m.count(" ") == old.count(" ")]
    free = [one for one in offered if one.lower() not in gold.lower() and len(one) > 1]
    return rng.choice(free) if free else ""
