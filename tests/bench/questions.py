"""How the whole assistant does on questions of our own: `python -m tests.bench.questions`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from qa import Answer, Assistant
from tests.bench.collection import SEEDS

DATA = Path(__file__).parents[1] / "data"
SETS = {
    "seeds": (SEEDS, DATA / "questions.jsonl"),
    "news": (DATA / "news", DATA / "news-questions.jsonl"),
}


def is_right(answer: Answer, question: dict[str, Any]) -> bool:
    """Refused where nothing answers; else answered, with a gold string said or quoted."""
    if not question["answerable"]:
        return not answer.answered
    said = " ".join([answer.text, answer.short, *(c.quote for c in answer.citations)]).casefold()
    golds = question["answers"]
    return answer.answered and (not golds or any(gold.casefold() in said for gold in golds))


def score(folder: Path, questions: Path, *, show: bool = False) -> dict[str, tuple[int, int]]:
    """Right answers and questions, by type and over all answerable and unanswerable ones."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as archive, Assistant.open(archive) as assistant:
        assistant.ingest(folder)
        for line in questions.read_text("utf-8").splitlines():
            question = json.loads(line)
            answer = assistant.ask(question["question"])
            correct = is_right(answer, question)
            if show and not correct:
                print(f"{answer.confidence:.2f} {question['question']} → {answer.text!r:.120}")
            side = "answerable" if question["answerable"] else "unanswerable"
            for name in (side, question["type"]):
                right[name] += correct
                asked[name] += 1
    return {name: (right[name], asked[name]) for name in sorted(asked)}


def main() -> None:
    show = "--show" in sys.argv
    for name, (folder, questions) in SETS.items():
        print(f"{name}:")
        for kind, (right, asked) in score(folder, questions, show=show).items():
            print(f"  {kind:<14}{right:>4} of {asked:<4} {right / asked:.2f}")


if __name__ == "__main__":
    main()
