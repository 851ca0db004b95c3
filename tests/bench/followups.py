"""How well a follow-up is made to stand alone: `python -m tests.bench.followups [dev|final]`.

Measured on dialogues whose questions people rewrote (CANARD, TREC CAsT), which are not shipped.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

from qa.answering.understanding.followups import History, standalone
from qa.answering.understanding.mentions import mentions
from qa.training.followups import Turn, all_tokens, content_tokens, f1, messages, turns

DIALOGUES = Path(__file__).parents[2].parent / "shared" / "qa-data" / "followups.jsonl"

Rewrite = Callable[[str, History], str]


def completes(turn: Turn) -> bool:
    """Whether people only wrote a name in full: "Alder" as "Anna Alder"."""
    asked, wanted = all_tokens(turn["question"]), all_tokens(turn["standalone"])
    new = set(wanted) - set(asked)
    full = {
        mention.words
        for said in turn["history"]
        for mention in mentions(said)
        if mention.name and mention.words & set(asked)
    }
    return all(any({word} <= words for words in full) for word in new) and len(wanted) >= len(asked)


def measure(asked: Sequence[Turn], rewrite: Rewrite) -> dict[str, float]:
    """Shares of 1 and mean F1; milliseconds a question."""
    started = time.process_time()
    made = [rewrite(turn["question"], messages(turn)) for turn in asked]
    spent = time.process_time() - started
    changed: dict[bool, list[bool]] = {True: [], False: []}
    for turn, text in zip(asked, made, strict=True):
        leans = all_tokens(turn["question"]) != all_tokens(turn["standalone"])
        changed[leans].append(all_tokens(turn["question"]) != all_tokens(text))
    leaning = [
        turn for turn in asked if all_tokens(turn["question"]) != all_tokens(turn["standalone"])
    ]
    apart = [place for place, turn in enumerate(leaning) if not completes(turn)]
    wanted = [turn["standalone"] for turn in asked]
    return {
        "standalone": len(changed[False]),
        "of them changed": fmean(changed[False]),
        "leaning": len(changed[True]),
        "of them left": 1 - fmean(changed[True]),
        "left, names in full apart": 1 - fmean(changed[True][i] for i in apart),
        "F1, content": fmean(map(f1, map(content_tokens, made), map(content_tokens, wanted))),
        "F1, all": fmean(map(f1, map(all_tokens, made), map(all_tokens, wanted))),
        "ms": 1000 * spent / len(asked),
    }


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "dev"
    asked = list(turns(DIALOGUES, wanted))
    sides: dict[str, Rewrite] = {"as asked": lambda question, _: question, "rules": standalone}
    figures = {name: measure(asked, rewrite) for name, rewrite in sides.items()}
    print(f"{wanted:<26}{''.join(f'{name:>12}' for name in sides)}")
    for row in figures["rules"]:
        print(f"{row:<26}{''.join(f'{figures[name][row]:>12.3f}' for name in sides)}")
    for source in sorted({turn["from"] for turn in asked}):
        some = [turn for turn in asked if turn["from"] == source]
        print(source, {row: round(value, 3) for row, value in measure(some, standalone).items()})


if __name__ == "__main__":
    main()
