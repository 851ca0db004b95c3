"""A finished evaluation: its figures, every question, and what it was run with."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from math import isnan
from pathlib import Path
from typing import Any

from qa.errors import SettingError, UnreadableFile
from qa.evaluation.columns import NAMES
from qa.evaluation.compare import Comparison, compare
from qa.evaluation.figures import Figure, figures
from qa.evaluation.outcome import Outcome

FORMAT = 1
_IN_PARTS = 200  # resamples: a part's interval is wide, and need not be sharp
_REQUIRED = re.compile(r"\s*([\w@]+)\s*(>=|<=|>|<)\s*(\d*\.?\d+)\s*")
_TESTS: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda value, bound: value >= bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    "<": lambda value, bound: value < bound,
}


@dataclass(frozen=True)
class Report:
    """What `evaluate` returns, and what `run.json` holds."""

    name: str
    outcomes: list[Outcome]
    about: dict[str, Any] = field(default_factory=dict)  # version, config, archive, gold, times

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure with its interval, by name."""
        return figures(self.outcomes)

    @cached_property
    def breakdown(self) -> dict[str, dict[str, dict[str, Figure]]]:
        """The figures by type, by outlet and by article; a question may stand in several."""
        groups: dict[str, dict[str, list[Outcome]]] = defaultdict(lambda: defaultdict(list))
        for outcome in self.outcomes:
            groups["type"][outcome.gold.kind].append(outcome)
            for id_ in outcome.articles:
                groups["article"][id_].append(outcome)
            for outlet in {self.outlets.get(id_, "") for id_ in outcome.articles}:
                groups["outlet"][outlet or "(no outlet)"].append(outcome)
        return {
            by: {name: figures(part, resamples=_IN_PARTS) for name, part in sorted(parts.items())}
            for by, parts in groups.items()
        }

    @property
    def outlets(self) -> dict[str, str]:
        """Article id to outlet."""
        return dict(self.about.get("outlets", {}))

    @cached_property
    def diagnoses(self) -> Counter[str]:
        """How often each thing went wrong, ranks left out."""
        named = (one.diagnosis.partition(" (")[0] for one in self.outcomes if one.diagnosis)
        return Counter(named)

    def failing(self, requirements: Iterable[str]) -> list[str]:
        """Of requirements such as `hit@5>=0.9`, the lines that say which do not hold.

        Raises:
            SettingError: a requirement cannot be understood, or names no figure.
        """
        failed = []
        for requirement in requirements:
            name, test, bound = requirement_of(requirement)
            figure = self.figures.get(name)
            if figure is None:
                failed.append(f"{name} could not be measured here: it must be {test} {bound:g}")
            elif not _TESTS[test](figure.value, bound):
                failed.append(f"{name} is {figure.value:.4g}: it must be {test} {bound:g}")
        if unusable := len(self.problems):
            failed.append(f"{unusable} lines of the gold could not be used: mend them first")
        return failed

    @property
    def problems(self) -> list[str]:
        """What was wrong with lines of the gold that could not be used."""
        return [str(one) for one in self.about.get("problems", ())]

    def rows(self) -> list[dict[str, Any]]:
        """A flat dict for each question, as pandas takes them."""
        return [
            {
                "question": one.gold.question,
                "type": one.gold.kind,
                "answerable": one.gold.answerable,
                "gold": " | ".join(one.gold.answers),
                "articles": " | ".join(one.articles),
                "answered": one.answered,
                "short": one.short,
                "text": one.text,
                "confidence": one.confidence,
                "right": one.right,
                "diagnosis": one.diagnosis,
                "error": one.error,
                **one.marks,
                **{f"{stage}_ms": 1000 * value for stage, value in one.seconds.items()},
            }
            for one in self.outcomes
        ]

    def compare(self, other: Report) -> Comparison:
        """This run against another, question by question; the differences are other - this."""
        return compare(self, other)

    def save(self, path: Path) -> None:
        """Write the report as JSON; what was there stays until this is complete."""
        value = {
            "format": FORMAT,
            "name": self.name,
            "about": self.about,
            "figures": _plain(self.figures),
            "diagnoses": dict(self.diagnoses.most_common()),
            "breakdown": {
                by: {name: _plain(part) for name, part in parts.items()}
                for by, parts in self.breakdown.items()
            },
        }
        head = json.dumps(value, ensure_ascii=False, indent=1)
        rows = ",\n  ".join(json.dumps(o.to_dict(), ensure_ascii=False) for o in self.outcomes)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_text(f'{head[:-2]},\n "outcomes": [\n  {rows}\n ]\n}}\n', "utf-8")
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> Report:
        """Read what `save` wrote.

        Raises:
            UnreadableFile: there is no such file, or it is no such report.
        """
        try:
            value = json.loads(path.read_text("utf-8"))
            outcomes = [Outcome.from_dict(one) for one in value["outcomes"]]
            return cls(value["name"], outcomes, value["about"])
        except FileNotFoundError:
            raise UnreadableFile(path, "there is no such file; check the path") from None
        except OSError as error:
            raise UnreadableFile(path, f"it cannot be opened ({error.strerror})") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            reason = "it is no evaluation of ours; give a file that `footnote evaluate` wrote"
            raise UnreadableFile(path, reason) from None


def requirement_of(words: str) -> tuple[str, str, float]:
    """`refusal_f1>=0.8` taken apart: the figure, the test, the bound."""
    match = _REQUIRED.fullmatch(words)
    if not match:
        raise SettingError(f"--require {words!r} is not understood: write it as hit@5>=0.9.")
    if match[1] not in NAMES:
        known = ", ".join(NAMES)
        raise SettingError(f"--require {words!r} names no figure; the figures are {known}.")
    return match[1], match[2], float(match[3])


def _plain(part: dict[str, Figure]) -> dict[str, dict[str, float | None]]:
    """JSON knows no NaN."""
    return {
        name: {key: None if isnan(value) else value for key, value in asdict(figure).items()}
        for name, figure in part.items()
    }
