"""Questions and claims beside passages, drawn without end, as numbers for a step to learn from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from tokenizers import Tokenizer

from qa.training import augment, claims
from qa.training.data import Passage, Question, Sentence, Span
from qa.training.negatives import YEAR, Negatives, sentences

QUESTION_PIECES = 32
BUDGETS = (112, 160, 208)
EARLY, LATE = (0.65, 0.3, 0.05), (0.35, 0.45, 0.2)  # how often each budget
LATE_FROM = 0.6  # of a cycle: short windows first, since they cost half as much
WITH_NEGATIVE = 0.7  # of the positives have one beside them
RENAMED = 0.2  # of the groups
DATED = 0.15  # of the groups that name no year get one, with the article's date to tell by
EPOCH = 16_000  # groups, of which each domain has its share
SHARES = {
    "new_wiki": 0.20,
    "reddit": 0.11,
    "amazon_reviews": 0.09,
    "squad2": 0.15,
    "qamr wikinews": 0.09,
    "qamr wikipedia": 0.04,
    "qed": 0.06,
    "selqa": 0.07,
    "clapnq": 0.03,
    "squad sentences": 0.06,
}
NEWSWIRE, CLAIMS = 0.03, 0.10  # shares drawn apart
JUDGED = 0.35  # of the claims that people judged, the others made


@dataclass(frozen=True, slots=True)
class Example:
    question: str
    passage: str
    spans: tuple[Span, ...] = ()  # none: the passage does not answer
    exact: bool = True  # the spans are the answer's words, not only the sentences that hold it
    claim: int | None = None  # what the passage says of a statement; None for a question


@dataclass(slots=True)
class Encoded:
    ids: list[int]
    types: list[int]
    starts: list[int]  # an annotator each; the place 0, [CLS], where nothing answers
    ends: list[int]
    answers: bool
    sentences: list[tuple[int, int, bool]]  # first piece, last piece, whether it answers
    exact: bool = True
    claim: int | None = None
    group: int = field(default=0)


class Encoder:
    """Pairs to word pieces, cut to a window that keeps an answer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokenizer = tokenizer
        pair = tokenizer.encode("a", "b")
        marks = [n for n, sequence in enumerate(pair.sequence_ids) if sequence is None]
        first, *between, last = marks  # BERT sets one mark between question and passage, MPNet two
        self.opening, self.closing = pair.ids[first], pair.ids[last]
        self.between = [pair.ids[n] for n in between]

    def encode(self, example: Example, budget: int, rng: random.Random) -> Encoded:
        """`budget`: pieces in all, the marks included."""
        question = self.tokenizer.encode(example.question, add_special_tokens=False)
        passage = self.tokenizer.encode(example.passage, add_special_tokens=False)
        asked = question.ids[: QUESTION_PIECES * (1 if example.claim is None else 2)]
        lead = [self.opening, *asked, *self.between]
        spans = _piece_spans(passage.offsets, example.spans)
        first, last = _window(len(passage.ids), budget - len(lead) - 1, spans, rng)
        front = len(lead) - first
        kept = [(s + front, e + front) for s, e in spans if s >= first and e < last] or [(0, 0)]
        ids = [*lead, *passage.ids[first:last], self.closing]
        types = [0] * len(lead) + [1] * (last - first) + [0]
        bounds = [
            (s + front, e + front, any(a <= e + front and b >= s + front for a, b in kept))
            for s, e in _piece_spans(passage.offsets, sentences(example.passage))
            if s >= first and e < last
        ]
        return Encoded(
            ids,
            types,
            [s for s, _ in kept],
            [e for _, e in kept],
            kept != [(0, 0)],
            bounds,
            example.exact,
            example.claim,
        )


class Examples:
    """Draws pools of groups: a positive, and mostly a negative of the same question; or a claim."""

    def __init__(
        self,
        passages: Sequence[Passage],
        questions: Sequence[Question],
        negatives: Negatives,
        pairs: Sequence[Sentence],
        judged: Sequence[claims.Claim],
        encoder: Encoder,
        seed: int,
    ) -> None:
        self.passages, self.questions = passages, questions
        self.negatives, self.encoder, self.seed = negatives, encoder, seed
        self.order: dict[str, list[int]] = defaultdict(list)
        for number, question in enumerate(questions):
            passage = passages[question.passage]
            if passage.part == "train":
                self.order[passage.domain].append(number)
        self.texts = [p.text for p in passages if p.part == "train"]
        # Reddit and Amazon write what they like in capitals.
        self.proper = [p for p in passages if p.part == "train" and p.domain in {"new_wiki"}]
        self.claims = [claim for claim in judged if claim.part == "train"]
        self.newswire: dict[str, tuple[list[Sentence], list[Sentence]]] = defaultdict(
            lambda: ([], [])
        )
        for pair in pairs:
            if pair.part == "train" and (pair.label == 0 or pair.answer in pair.text):
                self.newswire[pair.question][pair.label].append(pair)
        self.asked = [q for q, (no, yes) in self.newswire.items() if yes and no]
        self._epoch = lru_cache(maxsize=2)(self._shuffled)

    def pool(self, number: int, groups: int, progress: float) -> list[list[Encoded]]:
        """The pool of that number: always the same for one seed, so a run can be taken up."""
        rng = random.Random(f"{self.seed} {number}")
        drawn = []
        for place in range(number * groups, (number + 1) * groups):
            at = rng.random()
            if at < CLAIMS:
                examples = self._claim(rng)
            elif at < CLAIMS + NEWSWIRE and self.asked:
                examples = self._newswire(rng)
            else:
                epoch, offset = divmod(place, EPOCH)
                shuffled = self._epoch(epoch)
                examples = self._reading(shuffled[offset % len(shuffled)], rng)
            weights = LATE if progress > LATE_FROM else EARLY
            claimed = any(example.claim is not None for example in examples)
            budget = BUDGETS[-1] if claimed else rng.choices(BUDGETS, weights)[0]
            drawn.append([self.encoder.encode(e, budget, rng) for e in examples])
        return drawn

    def _shuffled(self, epoch: int) -> list[int]:
        """The questions of an epoch: each domain's share, taken from its own endless order."""
        chosen: list[int] = []
        for domain, share in SHARES.items():
            order = self.order.get(domain, [])
            count = round(share * EPOCH / sum(SHARES.values())) if order else 0
            for place in range(epoch * count, (epoch + 1) * count):
                turn, offset = divmod(place, len(order))
                chosen.append(order[_permutation(self.seed, domain, turn, len(order))[offset]])
        random.Random(f"{self.seed} epoch {epoch}").shuffle(chosen)
        return chosen

    def _reading(self, number: int, rng: random.Random) -> list[Example]:
        question = self.questions[number]
        passage = self.passages[question.passage]
        other = rng.choice(self.texts)
        if not question.possible:
            asked = augment.ask(question.text, rng)
            marked = augment.dress((passage.text, ()), passage.title, rng, other)
            return [Example(asked, marked[0])]
        marked = (passage.text, question.spans or question.evidence)
        if rng.random() < DATED and (pair := self._dated(question, passage, rng)):
            return pair
        drawn = self.negatives.draw(number, rng) if rng.random() < WITH_NEGATIVE else None
        same = drawn is not None and drawn[0] == question.text
        wording = question.text
        if rng.random() < RENAMED:
            renaming = augment.renaming(wording, marked, rng.choice(self.proper).text, rng)
            if renaming and (renamed := renaming.marked(marked)):
                marked, wording = renamed, renaming.text(wording)
                drawn = drawn and (renaming.text(drawn[0]), renaming.text(drawn[1]))
        asked = augment.ask(wording, rng)
        exact = bool(question.spans)
        text, spans = augment.dress(marked, passage.title, rng, other)
        examples = [Example(asked, text, spans, exact)]
        if drawn:
            negative = augment.dress((drawn[1], ()), passage.title, rng, other)
            examples.append(Example(asked if same else drawn[0], negative[0]))
        return examples

    def _dated(
        self, question: Question, passage: Passage, rng: random.Random
    ) -> list[Example] | None:
        """The question of a year that only the article's date tells, and of another year."""
        if YEAR.search(question.text + passage.text) or not question.text.endswith("?"):
            return None
        year = rng.randint(1998, 2026)
        other = year + rng.choice((-3, -2, -1, 1, 2, 3))
        asked = f"{question.text[:-1].rstrip()} in {year}?"
        spans = question.spans or question.evidence
        right, shifted = augment.dated((passage.text, spans), passage.title, year, rng)
        wrong, _ = augment.dated((passage.text, spans), passage.title, other, rng)
        return [Example(asked, right, shifted, bool(question.spans)), Example(asked, wrong)]

    def _claim(self, rng: random.Random) -> list[Example]:
        claim = rng.choice(self.claims) if self.claims and rng.random() < JUDGED else None
        while claim is None:
            question = self.questions[rng.choice(self.order[rng.choice(_TELLING)])]
            passage = self.passages[question.passage]
            if rng.random() < 0.4:
                claim = claims.answered(question, passage, rng)
            else:
                claim = claims.made(passage, rng.choice(self.proper), rng)
        marked = (claim.passage, claim.proof)
        if claim.proof or claim.label == claims.SILENT:
            marked = augment.dress(marked, "", rng, rng.choice(self.texts))
        return [Example(claim.text, *marked, exact=False, claim=claim.label)]

    def _newswire(self, rng: random.Random) -> list[Example]:
        question = rng.choice(self.asked)
        no, yes = self.newswire[question]
        right = rng.choice(yes)
        start = right.text.find(right.answer)
        marked: augment.Marked = (
            right.text,
            ((start, start + len(right.answer)),) if right.answer else (),
        )
        strays = [pair.text for pair in rng.sample(no, min(len(no), rng.choice((0, 0, 1, 2, 3))))]
        for stray in strays:
            marked = augment.join(marked, stray, rng)
        wrong = rng.sample(no, min(len(no), 1 + len(strays)))
        negative = Example(question, rng.choice((" ", " ... ")).join(pair.text for pair in wrong))
        asked = augment.ask(question, rng)
        return [Example(asked, *marked), negative] if marked[1] else [negative]


_TELLING = ("new_wiki", "squad2", "qamr wikinews", "qamr wikipedia")  # prose that claims fit


@lru_cache(maxsize=32)
def _permutation(seed: int, domain: str, turn: int, size: int) -> list[int]:
    rng = random.Random(f"{seed} {domain} {turn}")
    return rng.sample(range(size), size)


def _piece_spans(offsets: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Character spans to first and last piece."""
    starts, ends = np.array([s for s, _ in offsets]), np.array([e for _, e in offsets])
    found = []
    for start, end in spans:
        inside = np.flatnonzero((starts < end) & (ends > start))
        if len(inside):
            found.append((int(inside[0]), int(inside[-1])))
    return found


def _window(length: int, room: int, spans: Sequence[Span], rng: random.Random) -> Span:
    """Where to cut `length` pieces to `room`, around one of the answers if there is one."""
    if length <= room:
        return 0, length
    low, high = 0, length - room
    fitting = [span for span in spans if span[1] - span[0] < room]
    if fitting:
        start, end = rng.choice(fitting)
        low, high = max(0, end + 1 - room), min(start, length - room)
    first = rng.randint(low, high)
    return first, first + room
