"""Who says a sentence, told right and never invented: `python -m tests.bench.speakers`."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from qa.provenance.speakers import speech

CASES = Path(__file__).parents[1] / "data" / "speakers.jsonl"


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of a half: speakers told right, and cases without a speaker that got none."""

    right: float
    none_invented: float
    wrong: tuple[tuple[str, str, str], ...]  # the sentence, who speaks, who was named


def figures(half: str) -> Figures:
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    cases = [case for case in cases if case["half"] == half]
    told = [speech(case["text"], case["start"], case["end"]).speaker for case in cases]
    named = [case["speaker"] == said for case, said in zip(cases, told, strict=True)]
    invented = [
        bool(said) and said != case["speaker"] for case, said in zip(cases, told, strict=True)
    ]
    spoken = [right for case, right in zip(cases, named, strict=True) if case["speaker"]]
    wrong = tuple(
        (case["text"][case["start"] : case["end"]], case["speaker"], said)
        for case, said in zip(cases, told, strict=True)
        if case["speaker"] != said
    )
    return Figures(sum(spoken) / len(spoken), 1 - sum(invented) / len(cases), wrong)


def main() -> None:
    for half in sys.argv[1:] or ("dev", "final"):
        found = figures(half)
        print(f"{half}: right {found.right:.3f}, none invented {found.none_invented:.3f}")
        for line in found.wrong:
            print("  ", line)


if __name__ == "__main__":
    main()
