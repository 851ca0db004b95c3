"""`footnote evaluate` and `footnote gold`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from qa.errors import SettingError
from qa.options import ArchiveOption, Exit


class _RunByDefault(TyperGroup):
    """`evaluate GOLD` is `evaluate run GOLD`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_RunByDefault,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Measure how good the answers are, with questions whose answers are known.",
    epilog="Examples: `footnote evaluate gold.jsonl` · `footnote evaluate --squad dev.json "
    "--sample 500 --baseline` · `footnote evaluate compare a.json b.json`. "
    "`footnote evaluate run --help` lists the options.",
)
gold_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode="markdown", help="Look after gold pairs."
)


@app.command(epilog="Example: `footnote evaluate gold.jsonl --name a --require 'hit@5>=0.9'`")
def run(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD", help="Gold pairs: .jsonl or .csv.")
    ] = None,
    squad: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="SQuAD's JSON instead, indexed for this run alone."),
    ] = None,
    archive: ArchiveOption = None,
    name: Annotated[str, typer.Option(help="The run is kept as NAME.json.")] = "evaluation",
    config: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A setting for this run.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Questions asked at once.")] = 1,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Only so many questions, always the same.")
    ] = None,
    require: Annotated[
        list[str] | None,
        typer.Option(metavar="FIGURE>=X", help="Exit with 1 unless it holds; repeatable."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="OUT.html", help="Also write a page to look at.")
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Also measure LlamaIndex + Chroma with defaults.")
    ] = False,
    judge: Annotated[
        bool, typer.Option("--judge", help="Also let the language model judge the answers.")
    ] = False,
) -> None:
    """Ask every gold question and measure the answers."""
    from qa.evaluation.conduct import Order, conduct, configured
    from qa.evaluation.report import requirement_of
    from qa.evaluation.table import show_report

    if (gold is None) == (squad is None):
        raise SettingError("Give gold pairs, or a SQuAD file with --squad; one of the two.")
    for requirement in require or ():
        requirement_of(requirement)
    order = Order(
        gold=gold,
        squad=squad,
        config=configured(archive, config or []),
        path=Path(f"{name}.json"),
        jobs=jobs,
        sample=sample,
        baseline=baseline,
        judge=judge,
    )
    try:
        reports = conduct(order)
    except KeyboardInterrupt:
        line = f"stopped; what was asked is kept in {order.journal}. Run it again to go on."
        print(f"footnote: {line}", file=sys.stderr)
        raise typer.Exit(Exit.INTERRUPTED) from None
    show_report(*reports)
    if report:
        from qa.evaluation.page import write_page

        write_page(reports[0], report, *reports[1:])
        print(f"The page: {report}", file=sys.stderr)
    failing = reports[0].failing(require or ())
    for line in failing:
        print(f"footnote: {line}", file=sys.stderr)
    if failing:
        raise typer.Exit(Exit.BELOW)


@app.command(epilog="Example: `footnote evaluate compare run-a.json run-b.json`")
def compare(
    before: Annotated[Path, typer.Argument(metavar="A.json")],
    after: Annotated[Path, typer.Argument(metavar="B.json")],
) -> None:
    """Set two runs side by side, question by question."""
    from qa.evaluation.report import Report
    from qa.evaluation.table import show_comparison

    show_comparison(Report.load(before).compare(Report.load(after)))


@gold_app.command(epilog="Example: `footnote gold check gold.jsonl`")
def check(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold pairs: .jsonl or .csv.")],
    archive: ArchiveOption = None,
) -> None:
    """Look whether each answer stands in the articles that its pair names."""
    from qa.assistant import Assistant
    from qa.evaluation.check import check as checked
    from qa.evaluation.conduct import configured
    from qa.evaluation.gold import load_gold
    from qa.evaluation.library import Library
    from qa.evaluation.table import show_checked

    pairs = load_gold(gold)
    with Assistant.open(config=configured(archive, []), read_only=True) as assistant:
        found = checked(pairs, Library(assistant.articles()))
    show_checked(found)
    if found.problems:
        raise typer.Exit(Exit.BELOW)


# A command may not be the only one: `footnote gold FILE` would then do for `footnote gold check`.
@gold_app.callback()
def _gold() -> None:
    pass
