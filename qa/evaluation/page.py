"""One self-contained HTML page of a finished evaluation: nothing is fetched, nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from qa.evaluation.columns import PARTS, REFUSALS
from qa.evaluation.diagnosis import WHAT_MENDS
from qa.evaluation.display import LABELS, Shown, number, shown, top_of
from qa.evaluation.facts import facts, settings
from qa.evaluation.figures import Figure
from qa.evaluation.plots import Plot, latencies, reliability_diagram, risk_coverage
from qa.evaluation.rows import packed, titles

if TYPE_CHECKING:
    from qa.evaluation.report import Report

HEADLINE = (
    "hit@5", "answer_f1", "holds", "first_citation", "refusal_f1", "ece", "latency_p50_ms",
)  # fmt: skip
BREAKDOWN = ("hit@5", "answer_f1", "holds", "first_citation")
VERDICTS = {True: "right", False: "wrong", None: "not judged"}


def render(report: Report, baseline: Report | None = None) -> str:
    """The whole page; with a baseline, its figures stand beside the report's."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_resource("page.html"))
    return template.render(
        report=report,
        baseline=baseline,
        style=Markup(_resource("page.css")),  # noqa: S704
        script=Markup(_resource("page.js")),  # noqa: S704
        data=packed(report),
        facts=facts(report, baseline),
        settings=settings(report),
        verdicts=_verdicts(report),
        cards=[_card(name, report, baseline) for name in HEADLINE],
        plots=_plots(report, baseline),
        diagnoses=_diagnoses(report),
        parts=_parts(report, baseline),
        breakdown=_breakdown(report),
        types=_counted(one.gold.kind for one in report.outcomes),
    )


def write_page(report: Report, path: Path, baseline: Report | None = None) -> None:
    """Write the page; what was there stays until this is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(render(report, baseline), "utf-8")
    part.replace(path)


def _resource(name: str) -> str:
    return files("qa.evaluation").joinpath(name).read_text("utf-8")


def _verdicts(report: Report) -> dict[str, int]:
    counts = _counted(VERDICTS[one.right] for one in report.outcomes)
    return {verdict: counts.get(verdict, 0) for verdict in VERDICTS.values()}


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


def _card(name: str, report: Report, baseline: Report | None) -> dict[str, Any]:
    """A figure, or why there is none."""
    figure = report.figures.get(name)
    why = "It could not be measured here."
    if name in REFUSALS and all(one.gold.answerable for one in report.outcomes):
        figure, why = None, "Every question here has an answer."
    return {
        "name": name,
        "label": LABELS[name],
        "why": why,
        "shown": _beside(name, figure, baseline) if figure else None,
    }


def _beside(name: str, figure: Figure, baseline: Report | None, top: float = 0) -> Shown:
    other = baseline.figures.get(name) if baseline else None
    top = top or top_of(name, (figure, other))
    return shown(name, figure, other, top=top, compared=baseline is not None)


def _plots(report: Report, baseline: Report | None) -> list[Plot]:
    other = (baseline.outcomes, baseline.name) if baseline else ((), "")
    return [
        risk_coverage(report.outcomes, *other),
        reliability_diagram(report.outcomes),
        latencies(report.outcomes),
    ]


def _diagnoses(report: Report) -> list[dict[str, Any]]:
    most = max(report.diagnoses.values(), default=1)
    return [
        {"name": name, "count": n, "share": 100 * n / most, "mends": WHAT_MENDS.get(name, "")}
        for name, n in report.diagnoses.most_common()
    ]


def _parts(report: Report, baseline: Report | None) -> dict[str, list[Shown]]:
    """Every figure by part; the times of a part share one scale."""
    parts = {}
    for part, names in PARTS.items():
        held = {name: report.figures[name] for name in names if name in report.figures}
        others = [baseline.figures.get(name) for name in held] if baseline else []
        tops = {name: top_of(name, (*held.values(), *others)) for name in held}
        parts[part] = [_beside(name, one, baseline, tops[name]) for name, one in held.items()]
    return {part: rows for part, rows in parts.items() if rows}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a breakdown."""

    name: str
    words: str
    count: int
    cells: list[tuple[str, float]]  # the value in words, and in percent of its scale


def _breakdown(report: Report) -> dict[str, list[Line]]:
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
        for figure in BREAKDOWN
    ]
    # Some figure rests on every question of the group.
    return Line(name, words, max((one.n for one in part.values()), default=0), cells)
