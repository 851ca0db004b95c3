"""`footnote evaluate` and `footnote gold`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from qa.errors import SettingError
from qa.options import ArchiveOption, Exit, JsonOption
from qa.printable import as_json as harmless
from qa.printable import one_line
from qa.terminal import working

if TYPE_CHECKING:
    from qa.evaluation.conduct import Order


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
    name: Annotated[
        str | None, typer.Option(help="The run is kept as NAME.json. [default: the time]")
    ] = None,
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
    llm: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Measure with this language model, and without."),
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Also measure LlamaIndex + Chroma with defaults.")
    ] = False,
    judge: Annotated[
        bool, typer.Option("--judge", help="Also let the language model judge the answers.")
    ] = False,
) -> None:
    """Ask every gold question and measure the answers."""
    from qa.evaluation.conduct import Order, check, configured
    from qa.evaluation.report import requirement_of

    if (gold is None) == (squad is None):
        raise SettingError("Give gold pairs, or a SQuAD file with --squad; one of the two.")
    if llm and baseline:
        raise SettingError("Give --llm or --baseline: one thing is measured beside the other.")
    for requirement in require or ():
        requirement_of(requirement)
    order = Order(
        gold=gold,
        squad=squad,
        config=configured(archive, config or []),
        name=f"{datetime.now():evaluation-%Y%m%d-%H%M%S}" if name is None else name,
        jobs=jobs,
        sample=sample,
        llm=llm,
        baseline=baseline,
        judge=judge,
        page=report,
    )
    check(order)
    try:
        failing = _run(order, require or [])
    except KeyboardInterrupt:
        kept = f"what was asked is kept: run it again with --name {order.name} to go on."
        line = kept if order.journals else "nothing was asked yet."
        print(f"footnote: stopped; {line}", file=sys.stderr)
        raise typer.Exit(Exit.INTERRUPTED) from None
    for line in failing:
        print(f"footnote: {line}", file=sys.stderr)
    if failing:
        raise typer.Exit(Exit.BELOW)


def _run(order: Order, require: list[str]) -> list[str]:
    """Evaluate and show; returns what falls short."""
    from qa.evaluation.conduct import conduct
    from qa.evaluation.table import show_report

    reports = conduct(order)
    show_report(*reports)
    print(f"The run: {order.path('.json')}", file=sys.stderr)
    if order.page:
        from qa.evaluation.page import write_page

        write_page(reports[0], order.page, *reports[1:])
        print(f"The page: {order.page}", file=sys.stderr)
    return reports[0].failing(require)


@app.command(epilog="Example: `footnote evaluate compare run-a.json run-b.json`")
def compare(
    before: Annotated[Path, typer.Argument(metavar="A.json")],
    after: Annotated[Path, typer.Argument(metavar="B.json")],
    all_flips: Annotated[
        bool, typer.Option("--all", help="Show every question that flipped.")
    ] = False,
) -> None:
    """Set two runs side by side, question by question."""
    from qa.evaluation.report import Report
    from qa.evaluation.table import show_comparison

    with working() as progress:
        progress("Comparing", 0, 1)
        found = Report.load(before).compare(Report.load(after))
        progress("Comparing", 1, 1)
    show_comparison(found, all_flips=all_flips)


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
        library = Library(assistant.articles())
    if not library.articles:
        raise SettingError("The archive holds no articles: footnote ingest FOLDER.")
    found = checked(pairs, library)
    show_checked(found)
    if found.problems:
        raise typer.Exit(Exit.BELOW)


# A command may not be the only one: `footnote gold FILE` would then do for `footnote gold check`.
@gold_app.callback()
def _gold() -> None:
    pass


def feedback(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """List what people said of answers in the chat: gold pairs that `footnote evaluate` runs."""
    from qa.evaluation.conduct import configured
    from qa.evaluation.feedback import Feedback

    found = Feedback(configured(archive, []).kept_folder / "feedback.jsonl").read()
    if as_json:
        rows = [asdict(pair) for pair in found.pairs]
        print(harmless(json.dumps(rows, ensure_ascii=False, indent=2)))
    else:
        for pair in found.pairs:
            told = " / ".join(pair.answers or pair.quotes) or "it is not in the articles"
            print(one_line(f"{pair.kind}: {pair.question} → {told}"))
        run = f"Run them with: footnote evaluate {found.path}" if found.pairs else "Nothing yet."
        print(run, file=sys.stderr)
    for problem in found.problems:
        print(f"footnote: {one_line(str(problem))}", file=sys.stderr)
