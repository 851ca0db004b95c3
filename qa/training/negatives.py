"""Passages that do not answer: what teaches the reader to say no.

Four kinds, hardest first: the gold passage without its answer's sentence (near miss), a passage
that retrieval ranks high, the question with its name, date or number swapped, and any passage.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from qa.training.data import Passage, Question

NAME = re.compile(r"[A-Z][\w'’-]+(?: (?:of |the )?[A-Z][\w'’-]+)*")
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
NUMBER = re.compile(r"\b\d[\d,.]*\b")
BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+")

OPENERS = frozenset(
    "i it he she we you they the a an this that these those there since so if but and or in on at "
    "for from my his her our their its what when where who why how as after before".split()
)

WORD = re.compile(r"\w+")
TURNED = 0.4  # of the questions that have another side
_PAIRS = (
    "won lost, win lose, winner loser, winning losing, beat lost_to, first last, "
    "largest smallest, biggest smallest, highest lowest, most least, more fewer, "
    "oldest youngest, longest shortest, before after, bought sold, buy sell, buyer seller, "
    "hired fired, opened closed, open close, rose fell, rise fall, increase decrease, "
    "increased decreased, began ended, begin end, start finish, started finished, "
    "mother father, wife husband, son daughter, brother sister, king queen, north south, "
    "east west, northern southern, eastern western, upper lower, arrived left, "
    "attack defend, attacked defended, accepted rejected, accept reject, approved rejected, "
    "supported opposed, support oppose, allowed banned, allow ban, above below, "
    "maximum minimum, present absent, succeeded preceded, earliest latest, early late, "
    "male female, men women, boys girls, teacher student, born died, birth death, love hate, "
    "like dislike, advantage disadvantage, cheapest dearest, fastest slowest, best worst, "
    "better worse, import export, imports exports, top bottom, majority minority, "
    "victim attacker, killed injured, dead injured, agreed refused, remember forget, "
    "found lost, inside outside, add remove, employer employee, landlord tenant, "
    "plaintiff defendant, host guest, author reader"
)


def _opposites() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for pair in _PAIRS.split(","):
        one, other = (word.replace("_", " ") for word in pair.split())
        found[one].append(other)
        found[other].append(one)
    return dict(found)


OPPOSITES = _opposites()

Pair = tuple[str, str]  # question, passage


class Negatives:
    """Draws passages that lack the answer to a question, of the kinds asked for."""

    def __init__(
        self, passages: Sequence[Passage], questions: Sequence[Question], ranked: np.ndarray
    ) -> None:
        """`ranked`: int [questions, k], the passages that retrieval found, best first, -1 none."""
        self.passages, self.questions, self.ranked = passages, questions, ranked
        self.lowered = [passage.text.lower() for passage in passages]
        self.by_part: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            self.by_part[passage.domain, passage.part].append(number)

    def silent(self, number: int) -> list[int]:
        """The passages that retrieval ranks high and that hold no reference answer."""
        question = self.questions[number]
        found = [int(p) for p in self.ranked[number] if p >= 0 and p != question.passage]
        return [p for p in found if not self._answered(question, p)]

    def retrieved(self, number: int, rng: random.Random) -> Pair | None:
        """A passage ranked high that holds none of the reference answers."""
        question = self.questions[number]
        free = self.silent(number)
        if not free:
            return None
        # Reddit's and Amazon's questions ("What size is it?") fit their neighbours too well.
        free = free[: 8 if self._domain(question) == "new_wiki" else 20]
        return question.text, self.passages[rng.choice(free)].text

    def near_miss(self, number: int, rng: random.Random) -> Pair | None:
        """The gold passage without every sentence that holds an answer."""
        question = self.questions[number]
        text = self.passages[question.passage].text
        kept = [
            text[start:end].strip()
            for start, end in sentences(text)
            if not any(s < end and e > start for s, e in question.spans or question.evidence)
        ]
        rest = " ".join(kept)
        if len(rest.split()) < 15 or any(a.lower() in rest.lower() for a in question.answers):
            return None
        return question.text, rest

    def swapped(self, number: int, rng: random.Random) -> Pair | None:
        """The gold passage, asked about another name, date or number."""
        question = self.questions[number]
        text = self.passages[question.passage].text
        others = [p for p in self._siblings(question) if p != question.passage]
        for pattern in rng.sample((NAME, YEAR, NUMBER), 3):
            asked = [m for m in named(pattern, text) if split_at(m, question.text)[1]]
            other = named(pattern, self.passages[rng.choice(others)].text)
            offered = [m for m in other if m.lower() not in self.lowered[question.passage]]
            if asked and offered:
                old, new = max(asked, key=len), rng.choice(offered)
                before, _, after = split_at(old, question.text)
                return f"{before}{new}{after}", text
        return None

    def far_off(self, number: int, rng: random.Random) -> Pair:
        """Any passage of the domain that holds none of the answers."""
        question = self.questions[number]
        for _ in range(20):
            passage = rng.choice(self._siblings(question))
            if passage != question.passage and not self._answered(question, passage):
                break
        return question.text, self.passages[passage].text

    def turned(self, number: int, rng: random.Random) -> Pair | None:
        """The gold passage, asked about the other side: the loser for the winner."""
        question = self.questions[number]
        found = [m for m in WORD.finditer(question.text) if m[0].lower() in OPPOSITES]
        if not found:
            return None
        at = rng.choice(found)
        other = rng.choice(OPPOSITES[at[0].lower()])
        asked = question.text[: at.start()] + other + question.text[at.end() :]
        return asked, self.passages[question.passage].text

    def draw(self, number: int, rng: random.Random) -> Pair:
        """One negative, its kind drawn by how much that kind teaches."""
        question = self.questions[number]
        hard = 0.45 if self._domain(question) == "new_wiki" else 0.3
        # Where only the sentence is known, what retrieval finds may answer as well.
        hard = hard if question.spans else 0.1
        if rng.random() < TURNED and (pair := self.turned(number, rng)):
            return pair
        kinds = (self.retrieved, self.near_miss, self.swapped, self.far_off)
        kind = rng.choices(kinds, (hard, 0.3, 0.2, 0.05))[0]
        return kind(number, rng) or self.near_miss(number, rng) or self.far_off(number, rng)

    def _answered(self, question: Question, passage: int) -> bool:
        return any(answer.lower() in self.lowered[passage] for answer in question.answers)

    def _domain(self, question: Question) -> str:
        return self.passages[question.passage].domain

    def _siblings(self, question: Question) -> list[int]:
        passage = self.passages[question.passage]
        return self.by_part[passage.domain, passage.part]


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentence spans, good enough to cut one out."""
    bounds = [0, *(m.end() for m in BREAK.finditer(text)), len(text)]
    return [(s, e) for s, e in itertools.pairwise(bounds) if text[s:e].strip()]


def named(pattern: re.Pattern[str], text: str) -> list[str]:
    """The names, dates or numbers of a text, without the word that only opens a sentence."""
    found = set()
    for match in pattern.findall(text):
        first, _, rest = match.partition(" ")
        found.add(rest if first.lower() in OPENERS else match)
    return sorted(found - {""})


def split_at(words: str, text: str) -> tuple[str, str, str]:
    """The text before the words, the words, and the text after; as `str.partition`."""
    match = re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")
