"""How well a follow-up is made to stand alone: `python -m tests.bench.followups [dev|final]`.

Measured on dialogues whose questions people rewrote (CANARD, TREC CAsT), which are not shipped.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from qa.answering.followups import History, standalone
from qa.language.words import telling_words, words

DIALOGUES = Path(__file__).parents[2].parent / "shared" / "qa-data" / "followups.jsonl"

Turn = dict[str, Any]
Rewrite = Callable[[str, History], str]


def half(turn: Turn) -> str:
    """Which half a dialogue belongs to: one to tune on, the other to report on."""
    digest = hashlib.sha256(turn["dialogue"].encode()).digest()
    return "final" if digest[-1] % 2 else "dev"


def turns(wanted: str, path: Path = DIALOGUES) -> Iterator[Turn]:
    """The questions of a half that have something before them."""
    for line in path.read_text("utf-8").splitlines():
        turn = json.loads(line)
        if turn["history"] and half(turn) == wanted:
            yield turn


def messages(turn: Turn) -> list[dict[str, str]]:
    """What was said, as a chat has it. CANARD opens with a title and a heading; CAsT only asks."""
    answers = turn["from"] == "CANARD"
    return [
        {"role": "assistant" if answers and place % 2 else "user", "content": said}
        for place, said in enumerate(turn["history"])
    ]


def f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Harmonic mean of precision and recall over tokens, as SQuAD counts them."""
    if not found or not wanted:
        return float(found == wanted)
    shared = (Counter(found) & Counter(wanted)).total()
    return 2 * shared / (len(found) + len(wanted))


def all_tokens(text: str) -> list[str]:
    return [word.lower() for word in words(text)]


def content_tokens(text: str) -> list[str]:
    return [word.lower() for word in telling_words(text)]


def measure(asked: Sequence[Turn], rewrite: Rewrite) -> dict[str, float]:
    """Shares of 1 and mean F1; milliseconds a question."""
    started = time.perf_counter()
    made = [rewrite(turn["question"], messages(turn)) for turn in asked]
    spent = time.perf_counter() - started
    changed: dict[bool, list[bool]] = {True: [], False: []}
    for turn, text in zip(asked, made, strict=True):
        leans = all_tokens(turn["question"]) != all_tokens(turn["standalone"])
        changed[leans].append(all_tokens(turn["question"]) != all_tokens(text))
    wanted = [turn["standalone"] for turn in asked]
    return {
        "standalone": len(changed[False]),
        "of them changed": fmean(changed[False]),
        "leaning": len(changed[True]),
        "of them left": 1 - fmean(changed[True]),
        "F1, content": fmean(map(f1, map(content_tokens, made), map(content_tokens, wanted))),
        "F1, all": fmean(map(f1, map(all_tokens, made), map(all_tokens, wanted))),
        "ms": 1000 * spent / len(asked),
    }


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "dev"
    asked = list(turns(wanted))
    sides: dict[str, Rewrite] = {"as asked": lambda question, _: question, "rules": standalone}
    figures = {name: measure(asked, rewrite) for name, rewrite in sides.items()}
    print(f"{wanted:<18}{''.join(f'{name:>12}' for name in sides)}")
    for row in figures["rules"]:
        print(f"{row:<18}{''.join(f'{figures[name][row]:>12.3f}' for name in sides)}")
    for source in sorted({turn["from"] for turn in asked}):
        some = [turn for turn in asked if turn["from"] == source]
        print(source, {row: round(value, 3) for row, value in measure(some, standalone).items()})


if __name__ == "__main__":
    main()
