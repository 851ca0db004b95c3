"""What a finished network does, domain by domain, on articles that it learned nothing from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.metrics.answers import exact, f1
from qa.metrics.confidence import auroc
from qa.metrics.rankings import average_precision
from qa.reader.calibration import Calibration
from qa.reader.model import Network, OnnxNetwork, Outputs
from qa.reader.spans import decode
from qa.reader.windows import Window, Windows
from qa.training import claims
from qa.training.data import Question
from qa.training.examples import SHARES
from qa.training.negatives import Negatives, Pair, sentences
from qa.training.pipeline import Material
from qa.training.regression import regression

AT_MOST, TUNED = 400, 120  # questions a domain, held out and to calibrate on
MADE = 300  # claims made from held-out articles

Progress = Callable[[str, int, int], None]
Row = dict[str, float]


@dataclass(slots=True)
class Read:
    """A question beside its own passage and beside one that does not answer it."""

    question: Question
    text: str
    window: Window
    outputs: Outputs
    margin: float
    short: str
    against: dict[str, tuple[float, float]]  # kind of negative: answerable, margin


def examine(folder: Path, material: Material, on_progress: Progress) -> dict[str, Row]:
    """Fits and saves the calibration on development articles; the figures of the held-out ones."""
    Calibration().save(folder / "calibration.json")
    examiner = Examiner(OnnxNetwork(folder), material)
    tested = {passage.domain for passage in material.passages if passage.part == "test"}
    domains = [domain for domain in SHARES if domain in tested]
    rows: list[tuple[float, float]] = []
    labels: list[float] = []
    for number, domain in enumerate(domains):
        more, right = evidence(examiner.read(domain, "dev", TUNED))
        rows, labels = rows + more, labels + right
        on_progress("calibrating", number + 1, len(domains))
    answerable, margin, bias = regression(rows, labels)
    calibration = Calibration(answerable=answerable, margin=margin, bias=bias)
    calibration.save(folder / "calibration.json")
    table: dict[str, Row] = {}
    for number, domain in enumerate(domains):
        table[domain] = figures(examiner.read(domain, "test"), calibration)
        on_progress("examining", number + 1, len(domains))
    judged = [claim for claim in material.claims if claim.part == "test"]
    table["claims"] = supported(examiner, [*judged, *made(material)])
    return table


class Examiner:
    """Reads held-out pairs with one network."""

    def __init__(self, network: Network, material: Material) -> None:
        self.network, self.material = network, material
        self.windows = Windows(network.tokenizer)

    def read(self, domain: str, part: str, at_most: int = AT_MOST) -> list[Read]:
        """Questions of a domain's part, drawn the same each time."""
        negatives, passages = self.material.negatives, self.material.passages
        asked = [
            n
            for n, question in enumerate(self.material.questions)
            if (passages[question.passage].domain, passages[question.passage].part)
            == (domain, part)
        ]
        random.Random(domain).shuffle(asked)
        return [self._one(number, negatives) for number in asked[:at_most]]

    def support(self, claim: claims.Claim) -> int:
        """The likeliest of supports, contradicts, leaves open, over the passage's windows."""
        found = [
            self.network(w.ids, w.types) for w in self.windows.cut(claim.text, [claim.passage])
        ]
        logits = np.max([o.support for o in found if o.support is not None], axis=0)
        return int(np.argmax(logits))

    def _one(self, number: int, negatives: Negatives) -> Read:
        question = self.material.questions[number]
        text = self.material.passages[question.passage].text
        window, outputs, margin, short = self._best(question.text, text)
        against = {}
        if question.possible:
            rng = random.Random(number)
            for kind, pair in _beside(number, negatives, rng):
                _, other, far, _ = self._best(*pair)
                against[kind] = (other.answerable, far)
        return Read(question, text, window, outputs, margin, short, against)

    def _best(self, question: str, text: str) -> tuple[Window, Outputs, float, str]:
        """The window that answers best, what the network says of it, its margin and span."""
        found = []
        for window in self.windows.cut(question, [text]):
            outputs = self.network(window.ids, window.types)
            decoded = decode(outputs.start, outputs.end, window.offsets, window.inside)
            best = decoded.spans[0] if decoded.spans else None
            short = text[best.start : best.end] if best else ""
            found.append((window, outputs, decoded.margin, short))
        return max(found, key=lambda one: one[1].answerable + one[2])


def figures(reads: Sequence[Read], calibration: Calibration) -> Row:
    """The figures of one domain; those that its data cannot give are left out."""
    row: Row = {"questions": len(reads)}
    spans = [read for read in reads if read.question.spans]
    if spans:
        row["F1"] = _mean(f1(read.short, read.question.answers) for read in spans)
        row["EM"] = _mean(exact(read.short, read.question.answers) for read in spans)
    score = {True: [], False: []}  # type: dict[bool, list[float]]
    for read in reads:
        score[read.question.possible].append(
            calibration.score(read.outputs.answerable, read.margin)
        )
    if score[False]:
        row["AUROC impossible"] = auroc(score[True], score[False])
    kinds: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for read in reads:
        own = calibration.score(read.outputs.answerable, read.margin)
        for kind, raw in read.against.items():
            kinds[kind].append((own, calibration.score(*raw)))
    for kind, pairs in kinds.items():
        row[f"AUROC {kind}"] = auroc([own for own, _ in pairs], [other for _, other in pairs])
    ranked = [one for read in reads if (one := _ranking(read)) and 0 < sum(one) < len(one)]
    if ranked:
        row["sentence MAP"] = _mean(average_precision(one) for one in ranked)
    return row


def evidence(reads: Sequence[Read]) -> tuple[list[tuple[float, float]], list[float]]:
    """Answerability and margin of each pair read, and whether its passage answers."""
    rows = [(read.outputs.answerable, read.margin) for read in reads]
    labels = [float(read.question.possible) for read in reads]
    for read in reads:
        rows += read.against.values()
        labels += [0.0] * len(read.against)
    return rows, labels


def supported(examiner: Examiner, judged: Sequence[claims.Claim]) -> Row:
    """Balanced accuracy of "supported" against the rest, by source."""
    sources: dict[str, dict[bool, list[bool]]] = defaultdict(lambda: {True: [], False: []})
    for claim in judged:
        truth = claim.label == claims.SUPPORTS
        sources[claim.source][truth].append((examiner.support(claim) == claims.SUPPORTS) == truth)
    return {
        f"balanced accuracy, {name}": (_mean(right[True]) + _mean(right[False])) / 2
        for name, right in sources.items()
    }


def made(material: Material, count: int = MADE) -> list[claims.Claim]:
    """Claims made from held-out articles, the same each time."""
    rng = random.Random("made")
    passages = [p for p in material.passages if p.part == "test" and p.domain == "new_wiki"]
    asked = [q for q in material.questions if material.passages[q.passage] in passages]
    found: list[claims.Claim] = []
    while len(found) < count and passages:
        question = rng.choice(asked)
        passage = material.passages[question.passage]
        claim = (
            claims.answered(question, passage, rng)
            if rng.random() < 0.4
            else claims.made(passage, rng.choice(passages), rng)
        )
        found += [claim] if claim else []
    return found


def _beside(number: int, negatives: Negatives, rng: random.Random) -> Iterator[tuple[str, Pair]]:
    """The negatives there are of a question, by kind."""
    question, silent = negatives.questions[number], negatives.silent(number)
    pairs = {
        "near misses": negatives.near_miss(number, rng),
        "swapped": negatives.swapped(number, rng),
        # Where only the answering sentences are known, what is retrieved may answer as well.
        "hardest retrieved": (question.text, negatives.passages[silent[0]].text)
        if silent and question.spans
        else None,
    }
    yield from ((kind, pair) for kind, pair in pairs.items() if pair)


def _ranking(read: Read) -> list[bool]:
    """Whether each sentence answers, the likeliest first."""
    if read.outputs.evidence is None or not read.question.possible:
        return []
    places = np.flatnonzero(read.window.inside)
    starts = np.array([read.window.offsets[place][0] for place in places])
    proofs = read.question.spans or read.question.evidence
    rows = []
    for start, end in sentences(read.text):
        inside = places[(starts >= start) & (starts < end)]
        if len(inside):
            right = any(a < end and b > start for a, b in proofs)
            rows.append((float(read.outputs.evidence[inside].mean()), right))
    return [right for _, right in sorted(rows, key=lambda row: -row[0])]


def _mean(values) -> float:  # type: ignore[no-untyped-def]
    return float(np.mean(list(values)))
