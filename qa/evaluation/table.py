"""What the command line shows of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.evaluation.columns import LESS_IS_BETTER, PARTS
from qa.evaluation.diagnosis import WHAT_MENDS

if TYPE_CHECKING:
    from qa.evaluation.check import Checked
    from qa.evaluation.compare import Comparison, Flip
    from qa.evaluation.figures import Figure
    from qa.evaluation.report import Report

_FLIPS = 10


def show_report(report: Report, baseline: Report | None = None) -> None:
    """The figures by part, the commonest failures, and what was left out."""
    console = Console(soft_wrap=True)
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("")
    for title in (report.name, "95 %", "n", *([baseline.name] if baseline else [])):
        table.add_column(title, justify="right", no_wrap=True)
    for part, names in PARTS.items():
        shown = [name for name in names if name in report.figures]
        if shown:
            table.add_row(Text(part, style="bold"))
        for name in shown:
            figure = report.figures[name]
            other = [_value(name, baseline.figures.get(name))] if baseline else []
            interval = f"{_number(name, figure.low)} – {_number(name, figure.high)}"
            table.add_row(f"  {name}", _value(name, figure), interval, str(figure.n), *other)
    console.print(table)
    about = report.about
    console.print(
        f"\n{about.get('asked_now', len(report.outcomes))} questions asked in "
        f"{about.get('seconds', 0):.0f} s, "
        f"{about.get('jobs', 1)} at a time; loading took {about.get('loading_seconds', 0):.1f} s.",
        highlight=False,
    )
    if report.problems:
        console.print(f"{len(report.problems)} lines of the gold were left out.", highlight=False)
    _show_types(report, console)
    show_diagnoses(report, console)


def _show_types(report: Report, console: Console) -> None:
    """How many of each type are right."""
    judged: dict[str, list[bool]] = {}
    for one in report.outcomes:
        if one.right is not None:
            judged.setdefault(one.gold.kind, []).append(one.right)
    if len(judged) < 2:
        return
    table = Table("type", box=None, header_style="dim", pad_edge=False)
    table.add_column("right", justify="right")
    table.add_column("of", justify="right")
    for kind, rights in sorted(judged.items()):
        table.add_row(Text(kind), str(sum(rights)), str(len(rights)))
    console.print()
    console.print(table)


def show_diagnoses(report: Report, console: Console) -> None:
    """Why questions failed, the commonest first."""
    failed = sum(report.diagnoses.values())
    if not failed:
        console.print("No question failed.")
        return
    console.print(f"\n{failed} failed:", highlight=False)
    for diagnosis, count in report.diagnoses.most_common():
        console.print(f"{count:>5}  {diagnosis}. {WHAT_MENDS[diagnosis]}", highlight=False)


def show_comparison(comparison: Comparison, *, all_flips: bool = False) -> None:
    """Differences with their intervals; then the questions that flipped."""
    console = Console(soft_wrap=True)
    before, after = comparison.names
    table = Table("", box=None, header_style="dim", pad_edge=False)
    for title in (before, after, "difference", "95 %", "p", ""):
        table.add_column(title, justify="right", no_wrap=True)
    for name, one in comparison.differences.items():
        interval = f"{_number(name, one.low, '+')} … {_number(name, one.high, '+')}"
        table.add_row(
            name,
            _number(name, one.before),
            _number(name, one.after),
            _number(name, one.value, "+"),
            interval,
            f"{one.p:.3f}",
            _verdict(name, one.low, one.high),
        )
    console.print(table)
    console.print(f"\n{comparison.questions} questions in both runs.", highlight=False)
    if comparison.left_out:
        console.print(f"{comparison.left_out} asked in one run only are left out.", highlight=False)
    if not comparison.same_archive:
        console.print("The two runs were asked of different articles.", highlight=False)
    most = None if all_flips else _FLIPS
    _show_flips(console, "mended", comparison.mended, most)
    _show_flips(console, "broken", comparison.broken, most)


def show_checked(checked: Checked) -> None:
    """What is wrong with gold pairs, line by line; then the sum."""
    console = Console(soft_wrap=True)
    for problem in checked.problems:
        console.print(str(problem), markup=False, highlight=False)
    for remark in checked.remarks:
        console.print(str(remark), style="dim", markup=False, highlight=False)
    wrong = len({problem.line for problem in checked.problems})
    console.print(
        f"{checked.pairs} pairs read, {wrong or 'no'} line{'' if wrong == 1 else 's'} to mend.",
        highlight=False,
    )


def _show_flips(console: Console, title: str, flips: Sequence[Flip], most: int | None) -> None:
    if not flips:
        return
    console.print(f"\n{len(flips)} {title}:", style="bold", highlight=False)
    for flip in flips[:most]:
        console.print(f"  {flip.before.gold.question}", markup=False, highlight=False)
        for outcome in (flip.before, flip.after):
            said = outcome.short or " ".join(outcome.text.split())[:120]
            console.print(f"    {said}", style="dim", markup=False, highlight=False)
    if most and len(flips) > most:
        console.print(f"  … and {len(flips) - most} more: --all shows them", highlight=False)


def _verdict(name: str, low: float, high: float) -> str:
    """Only what the interval bears out."""
    if low <= 0 <= high:
        return ""
    return "better" if (low > 0) != (name in LESS_IS_BETTER) else "worse"


def _value(name: str, figure: Figure | None) -> str:
    return _number(name, figure.value) if figure else "–"


def _number(name: str, value: float, sign: str = "") -> str:
    if isnan(value):
        return "–"
    return f"{value:{sign}.1f}" if name.endswith("_ms") else f"{value:{sign}.3f}"
