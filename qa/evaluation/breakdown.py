"""The key figures of the parts of a run: by type, by outlet, by article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.evaluation.display import number
from qa.evaluation.rows import titles

if TYPE_CHECKING:
    from qa.evaluation.figures import Figure
    from qa.evaluation.report import Report

KEY = ("hit@5", "answer_f1", "holds", "first_citation")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a breakdown."""

    name: str
    words: str
    count: int
    cells: list[tuple[str, float]]  # the value in words, and in percent of its scale


def breakdown(report: Report) -> dict[str, list[Line]]:
    """The key figures by type, outlet and article; of the articles the worst come first."""
    known = titles(report)
    tables = {
        by: [_broken_down(name, known.get(name, name), part) for name, part in parts.items()]
        for by, parts in report.breakdown.items()
    }
    if "article" in tables:
        worst = {name: _worth(part) for name, part in report.breakdown["article"].items()}
        tables["article"].sort(key=lambda line: worst[line.name])
    return {by: tables[by] for by in ("type", "outlet", "article") if by in tables}


def _worth(part: dict[str, Figure]) -> float:
    return part["answer_f1"].value if "answer_f1" in part else 2.0


def _broken_down(name: str, words: str, part: dict[str, Figure]) -> Line:
    cells = [
        (number(figure, part[figure].value), 100 * part[figure].value)
        if figure in part
        else ("–", 0.0)
        for figure in KEY
    ]
    # Some figure rests on every question of the group.
    return Line(name, words, max((one.n for one in part.values()), default=0), cells)
