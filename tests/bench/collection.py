"""The articles and questions that the benchmark runs on."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SQUAD = ROOT.parent / "shared" / "squadshifts" / "new_wiki.json"
SEEDS = ROOT / "seeds"


@dataclass(frozen=True)
class Question:
    """A question, the article that answers it, and the words that do."""

    text: str
    article: str  # the file's name
    answers: tuple[str, ...]


def write_articles(folder: Path) -> list[Question]:
    """Write each article of the SQuAD file as a text file; return all of its questions.

    A paragraph of the data is a paragraph of the file. Where two paragraphs are one text with
    different questions, the text is written once.
    """
    questions = []
    for number, entry in enumerate(json.loads(SQUAD.read_text("utf-8"))["data"]):
        name = f"article-{number:02}.txt"
        paragraphs = [paragraph["context"].strip() for paragraph in entry["paragraphs"]]
        (folder / name).write_text("\n\n".join(dict.fromkeys(paragraphs)) + "\n", "utf-8")
        questions += [
            Question(qa["question"].strip(), name, tuple(a["text"] for a in qa["answers"]))
            for paragraph in entry["paragraphs"]
            for qa in paragraph["qas"]
        ]
    return questions


def sample(questions: list[Question], number: int) -> list[Question]:
    """The same questions at every run."""
    return random.Random(7).sample(questions, min(number, len(questions)))
