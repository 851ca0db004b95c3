"""Statements beside passages that carry them, contradict them, or leave them open.

What people wrote (FeverSymmetric, WiCE) and what can be made from the sentences at hand: a sentence
as it stands, cut short, with a number, year, name or word turned, without its proof, joined with a
sentence from elsewhere; a question with its answer, and with another one.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.training.corpora import spaced
from qa.training.data import Passage, Question, Span
from qa.training.negatives import NAME, NUMBER, OPPOSITES, WORD, YEAR, named, sentences

SUPPORTS, REFUTES, SILENT = 0, 1, 2
_LABELS = {
    "SUPPORTS": SUPPORTS,
    "REFUTES": REFUTES,
    "supported": SUPPORTS,
    "partially_supported": SILENT,
    "not_supported": SILENT,
}
HELD_OUT = 0.2
EVIDENCE_WORDS = 110  # of a long document, the sentences nearest to the claim
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|did|does|do|may|might|must|should)\b"
)
_ALL = (("some", "all"), ("many", "all"), ("most", "all"), ("may", "will"), ("could", "will"))


@dataclass(frozen=True, slots=True)
class Claim:
    text: str
    passage: str
    label: int
    source: str
    part: str = "train"
    proof: tuple[Span, ...] = ()  # where the passage says it, or otherwise; what a cut must keep


def load(path: Path) -> list[Claim]:
    """The claims that people judged; none where the file is absent."""
    if not path.exists():
        return []
    claims = []
    for row in (json.loads(line) for line in path.read_text("utf-8").splitlines()):
        if row["from"] == "WiCE tokens":
            continue
        digest = hashlib.sha256(row["claim"].encode()).digest()
        part = "test" if digest[0] / 256 < HELD_OUT else "train"
        passage = nearest(row["claim"], [spaced(line) for line in row["evidence"]])
        claims.append(
            Claim(spaced(row["claim"]), passage, _LABELS[row["label"]], row["from"], part)
        )
    return claims


def nearest(claim: str, lines: Sequence[str]) -> str:
    """The lines that share most words with the claim, in their order, up to a passage's length."""
    wanted = set(WORD.findall(claim.lower()))

    def shared(number: int) -> float:
        held = set(WORD.findall(lines[number].lower()))
        return -len(wanted & held) / math.sqrt(len(held) + 8)

    kept, room = [], EVIDENCE_WORDS
    for number in sorted(range(len(lines)), key=shared):
        length = len(lines[number].split())
        if length <= room:
            kept.append(number)
            room -= length
    return " ".join(lines[number] for number in sorted(kept))


def made(passage: Passage, other: Passage, rng: random.Random) -> Claim | None:
    """A claim from a sentence of the passage; None where it has none that tells enough."""
    bounds = [b for b in sentences(passage.text) if len(passage.text[b[0] : b[1]].split()) > 6]
    if not bounds:
        return None
    start, end = rng.choice(bounds)
    sentence = passage.text[start:end].strip()
    proof = ((start, start + len(sentence)),)
    drawn = rng.random()
    if drawn < 0.35:
        return Claim(_cut(sentence, rng), passage.text, SUPPORTS, "made", proof=proof)
    if drawn < 0.75:
        turned = _turned(sentence, passage.text, other.text, rng)
        return Claim(turned, passage.text, REFUTES, "made", proof=proof) if turned else None
    if drawn < 0.9 and len(bounds) > 1:
        rest = passage.text[:start] + passage.text[end:]
        return Claim(_cut(sentence, rng), rest, SILENT, "made")
    stray = [other.text[a:b].strip() for a, b in sentences(other.text)]
    joined = f"{sentence.rstrip('.')}, and {rng.choice(stray)}"
    return Claim(joined, passage.text, SILENT, "made", proof=proof)


def answered(question: Question, passage: Passage, rng: random.Random) -> Claim | None:
    """A question and its answer as one statement, or with another answer from the passage."""
    if not question.answers:
        return None
    right, proof = rng.choice(question.answers), question.spans[:1]
    if rng.random() < 0.5:
        said = f"{question.text} {right}"
        return Claim(said, passage.text, SUPPORTS, "made", proof=proof)
    pattern = next((p for p in (YEAR, NUMBER, NAME) if p.search(right)), None)
    if pattern is None:
        return None
    others = [w for w in named(pattern, passage.text) if not _alike(w, question)]
    wrong = rng.choice(others) if others else ""
    said = f"{question.text} {wrong}"
    return Claim(said, passage.text, REFUTES, "made", proof=proof) if wrong else None


def _alike(words: str, question: Question) -> bool:
    low = words.lower()
    return low in question.text.lower() or any(
        low in answer.lower() or answer.lower() in low for answer in question.answers
    )


def _cut(sentence: str, rng: random.Random) -> str:
    """The sentence, sometimes without a bracket or what follows its last comma."""
    if rng.random() < 0.3:
        sentence = re.sub(r"\s*\([^()]*\)", "", sentence)
    head, comma, _ = sentence.rpartition(", ")
    if comma and len(head.split()) > 7 and rng.random() < 0.3:
        return head + "."
    return sentence


def _turned(sentence: str, text: str, other: str, rng: random.Random) -> str:
    """The sentence with one thing in it that the passage contradicts; "" where nothing can be."""
    for turn in rng.sample((_swapped, _swapped, _negated, _opposed, _claimed), 5):
        if changed := turn(sentence, text, other, rng):
            return changed
    return ""


def _swapped(sentence: str, text: str, other: str, rng: random.Random) -> str:
    for pattern in rng.sample((NAME, YEAR, NUMBER), 3):
        old = [w for w in named(pattern, sentence) if len(w) > 1]
        new = [w for w in named(pattern, text) + named(pattern, other) if w not in sentence]
        if old and new:
            out, put = rng.choice(old), rng.choice(new)
            return re.sub(rf"\b{re.escape(out)}\b", put.replace("\\", ""), sentence)
    return ""


def _negated(sentence: str, text: str, other: str, rng: random.Random) -> str:
    if re.search(r"\bnot\b|n['’]t\b|\bno\b|\bnever\b", sentence):
        return re.sub(r" not\b|n['’]t\b", "", sentence, count=1) if " not " in sentence else ""
    match = _AUXILIARY.search(sentence)
    return f"{sentence[: match.end()]} not{sentence[match.end() :]}" if match else ""


def _opposed(sentence: str, text: str, other: str, rng: random.Random) -> str:
    found = [m for m in WORD.finditer(sentence) if m[0] in OPPOSITES]
    if not found:
        return ""
    at = rng.choice(found)
    return sentence[: at.start()] + rng.choice(OPPOSITES[at[0]]) + sentence[at.end() :]


def _claimed(sentence: str, text: str, other: str, rng: random.Random) -> str:
    """More than is said: "all" for "some", "will" for "may"."""
    for old, new in _ALL:
        if re.search(rf"\b{old}\b", sentence):
            return re.sub(rf"\b{old}\b", new, sentence, count=1)
    return ""
