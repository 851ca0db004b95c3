"""How disagreement is shown: `python -m tests.bench.conflicts [dev|final] [--show]`.

All the articles of a half lie in one archive, so each question is asked among the others' articles.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa import Answer, Assistant
from qa.language.kinds import kind_of
from qa.language.values import same_value, told

CASES = Path(__file__).parents[1] / "data" / "conflicts.jsonl"
TITLE = 8  # words of the first sentence that make the title


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and what came of it."""

    case: dict[str, Any]
    answer: Answer

    @property
    def differs(self) -> bool:
        return bool(self.case["expected"] != "none")

    @property
    def relation(self) -> str:
        """What the answer says of the articles: a relation, or that they agree."""
        return self.answer.conflicts[0].relation if self.answer.conflicts else "none"

    @property
    def shown(self) -> float:
        """The share of the case's values that the answer's own words hold."""
        said = "\n".join(one.text for one in self.answer.sentences)
        kind = kind_of(self.case["question"])
        lines = [told(line, line) for line in said.split("\n")]
        values = self.case["values"]
        return sum(any(_holds(line.text, value, kind) for line in lines) for value in values) / len(
            values
        )


def _holds(line: str, value: str, kind: Any) -> bool:
    return value.casefold() in line.casefold() or same_value(told(line), told(value), kind)


def cases(half: str) -> list[dict[str, Any]]:
    return [
        case
        for case in map(json.loads, CASES.read_text("utf-8").splitlines())
        if case["half"] == half
    ]


def write(articles: list[dict[str, str]], folder: Path, name: str) -> None:
    """Each article as a Markdown file."""
    for number, article in enumerate(articles):
        title = " ".join(article["text"].split()[:TITLE]).strip(".,;:")
        head = f'title: "{title}"\noutlet: "{article["outlet"]}"\npublished: {article["published"]}'
        (folder / f"{name}-{number}.md").write_text(f"---\n{head}\n---\n\n{article['text']}\n")


def outcomes(chosen: list[dict[str, Any]]) -> Iterator[Outcome]:
    """Ask the questions of one archive of all their articles."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as archive:
        for number, case in enumerate(chosen):
            write(case["articles"], Path(folder), f"{number:03}")
        with Assistant.open(archive) as assistant:
            assistant.ingest(folder)
            for case in chosen:
                yield Outcome(case, assistant.ask(case["question"]))


def figures(found: list[Outcome]) -> dict[str, float]:
    """The shares that matter, over the cases that differ and those that do not."""
    differing = [one for one in found if one.differs]
    agreeing = [one for one in found if not one.differs]
    flagged = [one for one in differing if one.answer.conflicts]
    return {
        "flagged": len(flagged) / len(differing),
        "false flags": sum(bool(one.answer.conflicts) for one in agreeing) / len(agreeing),
        "relation right": sum(one.relation == one.case["expected"] for one in flagged)
        / max(len(flagged), 1),
        "any value shown": sum(one.shown > 0 for one in differing) / len(differing),
        "all values shown": sum(one.shown == 1 for one in differing) / len(differing),
        "share of values shown": sum(one.shown for one in differing) / len(differing),
    }


def main() -> None:
    half = "final" if "final" in sys.argv else "dev"
    found = list(outcomes(cases(half)))
    if "--show" in sys.argv:
        for one in found:
            if one.relation != one.case["expected"]:
                print(f"{one.case['expected']} → {one.relation}: {one.case['question']}")
                print("    " + one.answer.text.replace("\n", "\n    "))
    print(f"{half}: {len(found)} cases")
    for name, value in figures(found).items():
        print(f"  {name:<24}{value:.2f}")
    for type_, of in sorted(Counter(one.case["type"] for one in found).items()):
        right = sum(
            bool(one.answer.conflicts) == one.differs for one in found if one.case["type"] == type_
        )
        print(f"  {type_:<24}{right} of {of}")


if __name__ == "__main__":
    main()
