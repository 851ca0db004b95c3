"""The questions to learn from: SQuADShifts' three domains and TREC-QA's newswire sentences."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

DOMAINS = ("new_wiki", "reddit", "amazon_reviews")
TEST_ARTICLES, DEV_ARTICLES = 10, 6  # of new_wiki, whole; the rest is trained on
DEV_SHARE = 0.03  # of the other domains' passages

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    domain: str
    title: str
    text: str
    part: str  # "train", "dev" or "test"


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    passage: int  # its place in the list of passages
    spans: tuple[Span, ...]  # every annotator's answer, offsets into the passage
    answers: tuple[str, ...]
    evidence: tuple[Span, ...] = ()  # the sentences that answer, where only they are known
    possible: bool = True  # whether its passage answers it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A TREC-QA pair: a question beside one sentence of newswire."""

    part: str
    question: str
    text: str
    label: int
    answer: str


def load(folder: Path) -> tuple[list[Passage], list[Question]]:
    """All passages and questions of the three files, each passage with its part."""
    passages: list[Passage] = []
    questions: list[Question] = []
    for domain in DOMAINS:
        articles = json.loads((folder / f"{domain}.json").read_text("utf-8"))["data"]
        parts = article_parts(len(articles)) if domain == "new_wiki" else {}
        for number, article in enumerate(articles):
            title = article["title"].replace("_", " ") if domain == "new_wiki" else ""
            for paragraph in article["paragraphs"]:
                text = paragraph["context"]
                part = parts[number] if parts else _passage_part(text)
                passages.append(Passage(domain, title, text, part))
                questions += [_question(qa, len(passages) - 1, text) for qa in paragraph["qas"]]
    return passages, [question for question in questions if question.spans]


def load_sentences(folder: Path) -> list[Sentence]:
    """TREC-QA's pairs, or none where the folder is absent."""
    path = folder / "pairs.jsonl"
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Sentence(r["part"], r["question"], r["sentence"], r["label"], r.get("answer", ""))
        for r in rows
    ]


def article_parts(count: int) -> dict[int, str]:
    """Whole articles to parts, spread by hash so that neighbours do not stay together."""
    order = sorted(range(count), key=lambda n: hashlib.sha256(f"footnote {n}".encode()).digest())
    test, dev = order[:TEST_ARTICLES], order[TEST_ARTICLES : TEST_ARTICLES + DEV_ARTICLES]
    return {n: "test" if n in test else "dev" if n in dev else "train" for n in order}


def _passage_part(text: str) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**32
    return "dev" if number < DEV_SHARE else "train"


def _question(qa: dict, passage: int, text: str) -> Question:  # type: ignore[type-arg]
    spans = []
    for answer in qa["answers"]:
        start, words = answer["answer_start"], answer["text"]
        if words.strip() and text[start : start + len(words)] == words:
            spans.append((start, start + len(words)))
    answers = tuple(dict.fromkeys(text[start:end] for start, end in spans))
    return Question(qa["question"].strip(), passage, tuple(spans), answers)
