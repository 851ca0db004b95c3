"""What the command line shows a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qa.printable import one_line, printable

if TYPE_CHECKING:
    from rich.console import Console

    from qa.records import Answer, Citation, Head, Hit, IngestReport
    from vectorstore.moving import Moved

_WIDEST = 10_000  # characters of a row, more than the longest outlet, title and id
Progress = Callable[[str, int, int], None]


@contextmanager
def working() -> Iterator[Progress]:
    """A progress bar with rate and remaining time on a terminal; nothing where output is piped."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "–/s", style="dim")

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    tasks: dict[str, TaskID] = {}
    with bar:

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show


def show_answer(answer: Answer) -> None:
    """The answer, then its footnotes; or what came nearest."""
    console = _console()
    if answer.understood and answer.understood != answer.question:
        console.print(f"Understood as: {answer.understood}\n", style="dim", markup=False)
    if answer.short and not answer.text.startswith(f"{answer.short}."):
        console.print(answer.short, style="bold", markup=False)
        console.print()
    console.print(answer.text, markup=False, highlight=False)
    for fallen in (one for one in answer.sentences if one.fell):
        why = fallen.verdict.reason if fallen.verdict else ""
        console.print(f"\nNot in the articles: {fallen.text} ({why})", style="dim", markup=False)
    for note in answer.notes:
        console.print(f"\n{note}", style="dim", markup=False, highlight=False)
    if answer.sourced:
        console.print(f"\n{answer.sourced}", style="dim", markup=False, highlight=False)
    for citation in answer.citations:
        console.print()
        console.print(f"[{citation.number}] {_named(citation)}", style="dim", markup=False)
        console.print(f"    “{citation.quote}”", markup=False, highlight=False)
        if known := _known(citation):
            console.print(f"    {known}", style="dim", markup=False, highlight=False)
    if answer.nearest:
        console.print("\nWhat came nearest:", style="dim")
        for hit in answer.nearest:
            console.print(f"  · {_named(hit)}", style="dim", markup=False)
            console.print(f"    {_short(hit.text)}", markup=False, highlight=False)


def show_hits(hits: Sequence[Hit]) -> None:
    """The passages, numbered by rank."""
    console = _console()
    if not hits:
        console.print("No passage found.")
    for rank, hit in enumerate(hits, start=1):
        console.print(f"{rank:>3}. {_named(hit)}", style="bold", markup=False)
        console.print(f"     {_short(hit.text)}", markup=False, highlight=False)


def show_moved(moved: Moved) -> None:
    """What was copied, and by what it was proven equal."""
    found = moved.fingerprint
    line = (
        f"{moved.target} now holds what {moved.source} holds, which is as it was: "
        f"{found.articles} articles and {found.passages} passages, every field and vector compared"
        f" (sha256 {found.digest[:16]}…). Its vector index is built when it is first used."
    )
    _console().print(line, markup=False, highlight=False, soft_wrap=True)


def show_articles(articles: Sequence[Head]) -> None:
    """A table of the articles."""
    from rich.table import Table
    from rich.text import Text

    if not articles:
        _console().print("There are no articles yet. Add some with: footnote ingest PATH")
        return
    table = Table("Date", "Outlet", "Title", "Id", box=None, header_style="dim")
    for article in articles:
        published = article.published.isoformat() if article.published else "–"
        shown = (article.outlet or "–", article.title, article.id)
        table.add_row(published, *(Text(one_line(cell)) for cell in shown))
    console = _console()
    if not console.is_terminal:
        console.width = _WIDEST  # whoever reads a pipe wants whole lines
    console.print(table)
    for article in articles:
        for warning in article.warnings:
            console.print(f"{one_line(article.id)}: {one_line(warning)}", style="dim", markup=False)


def show_report(report: IngestReport) -> None:
    """What an ingestion did, and each file that was left out with its reason."""
    console = _console()
    counts = (
        ("added", report.added),
        ("updated", report.updated),
        ("unchanged", report.unchanged),
        ("removed", report.removed),
        ("skipped", report.skipped),
    )
    done = ", ".join(f"{len(items)} {name}" for name, items in counts if items)
    console.print(f"Articles: {done or 'none found'}.", highlight=False)
    for file in report.files:
        if file.reason:
            line = one_line(f"{file.result} {file.path}: {file.reason}")
            console.print(f"  {line}", markup=False, highlight=False)


def _console() -> Console:
    from rich.console import Console
    from rich.text import Text

    class Plain(Console):
        """Prints what others wrote without obeying it."""

        def render_str(self, text: str, **options: Any) -> Text:
            return super().render_str(printable(text), **options)

    return Plain(soft_wrap=True)


def _named(source: Citation | Hit) -> str:
    published = source.published.isoformat() if source.published else ""
    page = f"p. {number}" if (number := getattr(source, "page", None)) else ""
    about = ", ".join(filter(None, (source.outlet, published, source.article_id, page)))
    return one_line(f"{source.title} ({about})")


def _known(citation: Citation) -> str:
    """`said by Josep Borrell, on X; of 4 September 2024; repeated by afp.txt`."""
    speech = ", ".join(filter(None, (citation.speaker, citation.occasion)))
    copies = ", ".join(citation.copies)
    told = (
        f"said by {speech}" if citation.speaker else "",
        f"happened {citation.event}" if citation.event else "",
        f"repeated by {copies}" if copies else "",
    )
    return one_line("; ".join(filter(None, told)))


def _short(text: str, limit: int = 220) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else f"{plain[:limit].rsplit(' ', 1)[0]} …"
