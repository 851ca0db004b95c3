"""One self-contained HTML page of a finished evaluation: nothing is fetched, nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from qa.evaluation.breakdown import KEY, breakdown
from qa.evaluation.columns import PARTS, REFUSALS
from qa.evaluation.diagnosis import WHAT_MENDS
from qa.evaluation.display import LABELS, Shown, shown, top_of
from qa.evaluation.facts import facts, settings
from qa.evaluation.figures import Figure
from qa.evaluation.plots import Plot, latencies, reliability_diagram, risk_coverage
from qa.evaluation.rows import packed

if TYPE_CHECKING:
    from qa.evaluation.report import Report

HEADLINE = (
    "hit@5", "answer_f1", "holds", "first_citation", "refusal_f1", "ece", "latency_p50_ms",
)  # fmt: skip
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
        style=Markup(_resource("page.css")),
        script=Markup(_resource("page.js")),
        data=packed(report),
        facts=facts(report, baseline),
        settings=settings(report),
        verdicts=_verdicts(report),
        beside=_verdicts(baseline)["right"] if baseline else 0,
        cards=[_card(name, report, baseline) for name in HEADLINE],
        plots=_plots(report, baseline),
        diagnoses=_diagnoses(report),
        parts=_parts(report, baseline),
        breakdown=breakdown(report),
        key={name: LABELS[name] for name in KEY},
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
