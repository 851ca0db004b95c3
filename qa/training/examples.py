"""Questions beside passages, drawn without end and turned into the numbers a step learns from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from qa.training import augment
from qa.training.data import Passage, Question, Sentence, Span
from qa.training.negatives import Negatives
from qa.training.thesaurus import Thesaurus

QUESTION_PIECES = 32
BUDGETS = (96, 128, 192, 256)
EARLY, LATE = (0.6, 0.25, 0.1, 0.05), (0.25, 0.35, 0.25, 0.15)  # how often each budget
LATE_FROM = 0.6  # of a cycle: short windows first, since they cost half as much
WITH_NEGATIVE = 0.7  # of the positives have one beside them
REWORDED = 0.3  # of the questions, where there is a thesaurus
RENAMED = 0.35  # of the groups
TREC_SHARE = 0.04
WIKI_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Example:
    question: str
    passage: str
    spans: tuple[Span, ...] = ()  # none: the passage does not answer


@dataclass(slots=True)
class Encoded:
    ids: list[int]
    types: list[int]
    starts: list[int]  # an annotator each; the place 0, [CLS], where nothing answers
    ends: list[int]
    answers: bool
    group: int = field(default=0)


class Encoder:
    """Pairs to word pieces, cut to a window that keeps an answer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokenizer = tokenizer
        self.cls, self.sep = (int(tokenizer.token_to_id(t) or 0) for t in ("[CLS]", "[SEP]"))

    def encode(self, example: Example, budget: int, rng: random.Random) -> Encoded:
        """`budget`: pieces in all, the three marks included."""
        question = self.tokenizer.encode(example.question, add_special_tokens=False)
        passage = self.tokenizer.encode(example.passage, add_special_tokens=False)
        asked = question.ids[:QUESTION_PIECES]
        spans = _piece_spans(passage.offsets, example.spans)
        first, last = _window(len(passage.ids), budget - len(asked) - 3, spans, rng)
        front = len(asked) + 2 - first
        kept = [(s + front, e + front) for s, e in spans if s >= first and e < last] or [(0, 0)]
        ids = [self.cls, *asked, self.sep, *passage.ids[first:last], self.sep]
        types = [0] * (len(asked) + 2) + [1] * (len(ids) - len(asked) - 2)
        starts, ends = [s for s, _ in kept], [e for _, e in kept]
        return Encoded(ids, types, starts, ends, kept != [(0, 0)])


class Examples:
    """Draws pools of groups: a positive, and mostly a negative of the same question."""

    def __init__(
        self,
        passages: Sequence[Passage],
        questions: Sequence[Question],
        negatives: Negatives,
        pairs: Sequence[Sentence],
        encoder: Encoder,
        seed: int,
        thesaurus: Thesaurus | None = None,
    ) -> None:
        self.thesaurus = thesaurus
        self.passages, self.questions = passages, questions
        self.negatives, self.encoder, self.seed = negatives, encoder, seed
        parts = [passages[q.passage] for q in questions]
        train = [n for n, p in enumerate(parts) if p.part == "train"]
        self.order = train + [n for n in train if parts[n].domain == "new_wiki"] * (WIKI_WEIGHT - 1)
        self.texts = [p.text for p in passages if p.part == "train"]
        # Reddit and Amazon write what they like in capitals.
        self.proper = [p.text for p in passages if p.part == "train" and p.domain == "new_wiki"]
        self.judged: dict[str, tuple[list[Sentence], list[Sentence]]] = defaultdict(
            lambda: ([], [])
        )
        for pair in pairs:
            if pair.part == "train" and (pair.label == 0 or pair.answer in pair.text):
                self.judged[pair.question][pair.label].append(pair)
        self.asked = [q for q, (no, yes) in self.judged.items() if yes and no]

    def pool(self, number: int, groups: int, progress: float) -> list[list[Encoded]]:
        """The pool of that number: always the same for one seed, so a run can be taken up."""
        rng = random.Random(f"{self.seed} {number}")
        drawn = []
        for place in range(number * groups, (number + 1) * groups):
            if self.asked and rng.random() < TREC_SHARE:
                examples = self._newswire(rng)
            else:
                examples = self._reading(self._at(place), rng)
            weights = LATE if progress > LATE_FROM else EARLY
            budget = rng.choices(BUDGETS, weights)[0]
            drawn.append([self.encoder.encode(e, budget, rng) for e in examples])
        return drawn

    def _at(self, place: int) -> int:
        """The question at a place in the endless, each time reshuffled, order."""
        epoch, offset = divmod(place, len(self.order))
        shuffled = np.random.default_rng([self.seed, epoch]).permutation(len(self.order))
        return self.order[int(shuffled[offset])]

    def _reading(self, number: int, rng: random.Random) -> list[Example]:
        question = self.questions[number]
        passage = self.passages[question.passage]
        marked: augment.Marked = (passage.text, question.spans)
        drawn = self.negatives.draw(number, rng) if rng.random() < WITH_NEGATIVE else None
        same = drawn is not None and drawn[0] == question.text
        wording, other = self._worded(question.text, rng), rng.choice(self.texts)
        renaming = None
        if rng.random() < RENAMED:
            renaming = augment.renaming(question.text, marked, rng.choice(self.proper), rng)
        if renaming and (renamed := renaming.marked(marked)):
            marked, wording = renamed, renaming.text(wording)
            drawn = drawn and (renaming.text(drawn[0]), renaming.text(drawn[1]))
        asked = augment.ask(wording, rng)
        examples = [Example(asked, *augment.dress(marked, passage.title, rng, other))]
        if drawn:
            negative = augment.dress((drawn[1], ()), passage.title, rng, other)
            examples.append(Example(asked if same else drawn[0], negative[0]))
        return examples

    def _worded(self, question: str, rng: random.Random) -> str:
        if self.thesaurus and rng.random() < REWORDED:
            return self.thesaurus.reworded(question, rng)
        return question

    def _newswire(self, rng: random.Random) -> list[Example]:
        question = rng.choice(self.asked)
        no, yes = self.judged[question]
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


def _piece_spans(offsets: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Character spans to first and last piece."""
    found = []
    for start, end in spans:
        inside = [n for n, (s, e) in enumerate(offsets) if s < end and e > start]
        if inside:
            found.append((inside[0], inside[-1]))
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
