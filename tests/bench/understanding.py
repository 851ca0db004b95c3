"""How well questions as readers ask them are understood: `python -m tests.bench.understanding`.

Why and how, other words, lists, near misses, on the seeds and the invented news together, marked
as strictly as an evaluation does. `--part final` is for looking at once, at the end; `--sweep` asks
again without a threshold and prints what each would answer and refuse; `--show` prints what failed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qa import Assistant
from qa.config import Config
from qa.evaluation.gold import Gold
from qa.evaluation.library import Library
from qa.evaluation.outcome import Outcome
from qa.evaluation.outcomes import outcome_of
from qa.evaluation.subject import AssistantSubject
from tests.bench.collection import SEEDS

DATA = Path(__file__).parents[1] / "data"
FOLDERS = (SEEDS, DATA / "news", DATA / "more-news")
THRESHOLDS = (0.01, 0.03, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def questions(part: str) -> list[tuple[str, Gold]]:
    """The questions of `dev` or `final`, each with its kind."""
    lines = (DATA / f"understanding-{part}.jsonl").read_text("utf-8").splitlines()
    return [(row["kind"], _gold(row)) for row in map(json.loads, lines)]


def _gold(row: dict[str, Any]) -> Gold:
    known = {name: row[name] for name in ("question", "answerable", "type")}
    lists = {name: tuple(row[name]) for name in ("answers", "articles", "quotes")}
    return Gold(**known, **lists)


def ask(asked: Sequence[tuple[str, Gold]], threshold: float | None) -> list[tuple[str, Outcome]]:
    """What becomes of each question, with its kind; `threshold` None is the one that is set."""
    with tempfile.TemporaryDirectory() as archive:
        config = Config.from_environment()
        if threshold is not None:
            config = replace(config, threshold=threshold)
        with Assistant.open(archive, config=config) as assistant:
            for folder in FOLDERS:
                assistant.ingest(folder)
            subject = AssistantSubject(assistant)
            library = Library(subject.articles())
            return [(kind, outcome_of(subject, library, gold)) for kind, gold in asked]


def table(outcomes: Sequence[tuple[str, Outcome]]) -> str:
    """Right, first citation right, and refused, by kind."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for kind, outcome in outcomes:
        kinds[kind].append(outcome)
        kinds["all"].append(outcome)
    lines = [f"{'':<10}{'right':>12}{'first citation':>16}{'refused':>12}"]
    for kind in (*(k for k in kinds if k != "all"), "all"):
        can = [one for one in kinds[kind] if one.gold.answerable]
        cannot = [one for one in kinds[kind] if not one.gold.answerable]
        cited = sum(one.marks.get("first_citation", 0) for one in can)
        cells = (sum(map(_right, can)), cited, sum(map(_right, cannot)))
        shares = zip(cells, (can, can, cannot), (12, 16, 12), strict=True)
        lines.append(f"{kind:<10}" + "".join(_share(n, of, width) for n, of, width in shares))
    return "\n".join(lines)


def _right(outcome: Outcome) -> bool:
    return bool(outcome.right)


def _share(number: float, of: Sequence[Outcome], width: int) -> str:
    return f"{f'{number:.0f} of {len(of)}' if of else '–':>{width}}"


def sweep(outcomes: Sequence[tuple[str, Outcome]]) -> str:
    """At each threshold: of what can be answered, answered and right; of the rest, refused."""
    can = [one for _, one in outcomes if one.gold.answerable]
    cannot = [one for _, one in outcomes if not one.gold.answerable]
    lines = [f"{'threshold':<10}{'answered':>10}{'right':>10}{'refused':>10}"]
    for threshold in THRESHOLDS:
        said = [one for one in can if one.answered and one.confidence >= threshold]
        kept = [one for one in cannot if not (one.answered and one.confidence >= threshold)]
        shares = (len(said) / len(can), sum(map(_right, said)) / len(can), len(kept) / len(cannot))
        lines.append(f"{threshold:<10g}" + "".join(f"{share:>10.2f}" for share in shares))
    return "\n".join(lines)


def failures(outcomes: Sequence[tuple[str, Outcome]]) -> str:
    """What was answered wrongly or for nothing refused, a line each."""
    return "\n".join(
        f"{kind:<9} {one.confidence:.2f} {one.gold.question} → "
        f"{one.short or one.withheld!r} {one.text[:100]!r}"
        for kind, one in outcomes
        if not one.right
    )


def main() -> None:
    """Ask one part and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("dev", "final"), default="dev")
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    asked = questions(options.part)
    outcomes = ask(asked, None)
    if options.show:
        print(failures(outcomes))
    print(table(outcomes))
    if options.sweep:
        print(sweep(ask(asked, 0.0)))


if __name__ == "__main__":
    main()
