"""What follow-ups get of the answers that people's rewrites get: `python -m tests.bench.dialogues`.

The turns are our own, over the seeds and the invented news; each is asked of the whole assistant
as it is, with its history, and again as a person made it stand alone, without.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from qa import Answer, Assistant
from tests.bench.collection import SEEDS

DATA = Path(__file__).parents[1] / "data"


def turns(half: str, name: str = "dialogues") -> list[dict[str, Any]]:
    """The turns of a half: "dev" to tune on, "final" to report on."""
    lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [turn for line in lines if (turn := json.loads(line))["half"] == half]


def history(turn: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"role": "assistant" if place % 2 else "user", "content": said}
        for place, said in enumerate(turn["history"])
    ]


def right_and_cited(answer: Answer, turn: dict[str, Any]) -> bool:
    """Whether a right answer is said or quoted, and quoted from an article that holds it."""
    said = " ".join([answer.text, *(one.quote for one in answer.citations)]).casefold()
    cited = {Path(one.article_id).name for one in answer.citations}
    held = any(wanted.casefold() in said for wanted in turn["answers"])
    return answer.answered and held and bool(cited & set(turn["articles"]))


def main() -> None:
    half = sys.argv[1] if len(sys.argv) > 1 else "dev"
    asked = turns(half)
    counts = {"follow-up": 0, "as asked": 0, "rewrite": 0, "of the rewrite's": 0}
    with tempfile.TemporaryDirectory() as archive, Assistant.open(archive) as assistant:
        assistant.ingest(SEEDS, DATA / "news")
        for turn in asked:
            answer = assistant.ask(turn["question"], history(turn))
            ours = right_and_cited(answer, turn)
            alone = right_and_cited(assistant.ask(turn["question"]), turn)
            rewrite = right_and_cited(assistant.ask(turn["standalone"]), turn)
            counts["follow-up"] += ours
            counts["as asked"] += alone
            counts["rewrite"] += rewrite
            counts["of the rewrite's"] += ours and rewrite
            if "--show" in sys.argv:
                print(f"{ours:d}{rewrite:d} {turn['question']} → {answer.understood}")
    for name, count in counts.items():
        print(f"{half} {name:<18}{count:>4} of {len(asked)}")


if __name__ == "__main__":
    main()
