"""The command line: every command, and its errors in one line each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa import maintenance
from qa.config import NO_MODEL
from qa.errors import FootnoteError, SettingError
from qa.evaluation import command as evaluation
from qa.ingestion import SAME_ARTICLE
from qa.options import (
    ArchiveOption,
    AsOfOption,
    Exit,
    JsonOption,
    LlmOption,
    NoLlmOption,
    OutletOption,
    SinceOption,
    UntilOption,
)
from qa.printable import as_json, one_line
from qa.removing import remove
from qa.serving import command as users
from qa.terminal import show_answer, show_articles, show_hits, show_moved, show_report, working

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.config import Config

_PASTED = "-"  # stands for what comes on standard input

_STOPPED = "footnote: stopped; what was done is kept. Run it again to go on."

app = typer.Typer(
    name="footnote",
    help="Ask your articles; every answer carries the footnote that proves it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

maintenance.add_to(app)
app.add_typer(evaluation.app, name="evaluate")
app.add_typer(evaluation.gold_app, name="gold")
app.command(epilog="Example: `footnote feedback`")(evaluation.feedback)
app.add_typer(users.app, name="users")


@app.command(
    epilog="Examples: `footnote ingest clippings/ note.pdf --prune` · `footnote ingest"
    " https://…` (with FOOTNOTE_FETCH=1) · `pbpaste | footnote ingest -`"
)
def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH…",
            help="Files, folders, addresses of pages or feeds; - is a text on standard input.",
        ),
    ],
    archive: ArchiveOption = None,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Also remove articles of these folders whose file is gone."),
    ] = False,
    reindex: Annotated[
        bool, typer.Option("--reindex", help="Embed everything again, with the model set now.")
    ] = False,
) -> None:
    """Read files, folders, web addresses and feeds into the archive."""
    with (
        working() as progress,
        _opened(archive, reindex=reindex, on_progress=progress) as assistant,
    ):
        if paths == [_PASTED]:
            report = assistant.ingest_text(sys.stdin.read())
        else:
            report = assistant.ingest(*paths, prune=prune, on_progress=progress)
    show_report(report)
    bad = [skipped for skipped in report.skipped if not skipped.reason.startswith(SAME_ARTICLE)]
    if bad and not (report.added or report.updated or report.unchanged):
        raise typer.Exit(Exit.ERROR)


@app.command(epilog='Example: `footnote ask "Who met Lavrov in Moscow?" --since 2024-01-01`')
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    archive: ArchiveOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    llm: LlmOption = None,
    no_llm: NoLlmOption = False,
    as_json: JsonOption = False,
) -> None:
    """Answer a question; exit code 3 says that the articles don't."""
    if llm and no_llm:
        raise SettingError("Give --llm NAME or --no-llm, not both.")
    if not question.strip():
        raise SettingError('The question is empty: write one, as in: footnote ask "Who met whom?"')
    named = NO_MODEL if no_llm else llm
    with _opened(archive, read_only=True) as assistant:
        answer = assistant.ask(
            question, outlet=outlet, since=since, until=until, as_of=as_of, llm=named
        )
    if as_json:
        _print_json(asdict(answer))
    else:
        show_answer(answer)
    if not answer.answered:
        raise typer.Exit(Exit.NOT_IN_THE_ARTICLES)


@app.command(epilog='Example: `footnote search "ballistic missiles" --top 5`')
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    archive: ArchiveOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many passages.")] = 10,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the passages nearest to a query, best first."""
    with _opened(archive, read_only=True) as assistant:
        hits = assistant.search(query, top, outlet=outlet, since=since, until=until)
    if as_json:
        _print_json([asdict(hit) for hit in hits])
    else:
        show_hits(hits)


@app.command(epilog="Example: `footnote articles --json`")
def articles(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """List the archive's articles, the newest first."""
    with _opened(archive, read_only=True) as assistant:
        if as_json:
            _print_json([asdict(article) for article in assistant.articles()])
        else:
            show_articles(assistant.find(limit=assistant.overview().articles).heads)


app.command(epilog='Example: `footnote remove "The mill of Ardal"`')(remove)


@app.command(epilog="Example: `footnote move archive postgresql://footnote@127.0.0.1/footnote`")
def move(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="A folder, or the address of a database.")
    ],
    target: Annotated[str, typer.Argument(metavar="TO", help="The same, and empty.")],
) -> None:
    """Copy an archive between a folder and PostgreSQL, either way, and prove the copy equal."""
    from vectorstore.moving import move

    with _stopped_in_one_line(), working() as progress:
        moved = move(source, target, progress)
    show_moved(moved)


@app.command(epilog="Example: `footnote serve --port 8080`")
def serve(
    archive: ArchiveOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 7860,
    to_all: Annotated[
        bool,
        typer.Option("--open", help="Let everybody in who can reach another host than loopback."),
    ] = False,
) -> None:
    """Open the chat in the browser."""
    import ui

    ui.serve(_config(archive), host=host, port=port, to_all=to_all)


def _config(archive: str | None) -> Config:
    from dataclasses import replace

    from qa.config import Config
    from vectorstore.place import located

    config = Config.from_environment()
    return replace(config, archive=located(archive)) if archive else config


@contextmanager
def _opened(
    archive: str | None,
    *,
    read_only: bool = False,
    reindex: bool = False,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Assistant]:
    from qa.assistant import Assistant

    with (
        _stopped_in_one_line(),
        Assistant.open(
            config=_config(archive), read_only=read_only, reindex=reindex, on_progress=on_progress
        ) as assistant,
    ):
        yield assistant


@contextmanager
def _stopped_in_one_line() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
        raise typer.Exit(Exit.INTERRUPTED) from None


def _print_json(value: Any) -> None:
    def plain(other: object) -> str:
        if isinstance(other, date):
            return other.isoformat()
        raise TypeError(f"cannot write {type(other).__name__} as JSON")

    print(as_json(json.dumps(value, ensure_ascii=False, indent=2, default=plain)))


def main() -> None:
    """Run the command line; every error is one line on standard error."""
    try:
        app()
    except KeyboardInterrupt:  # before there was an archive, or as it closed
        print(_STOPPED, file=sys.stderr)
        sys.exit(Exit.INTERRUPTED)
    except FootnoteError as error:
        print(f"footnote: {one_line(error)}", file=sys.stderr)
        sys.exit(Exit.ERROR)
    except OSError as error:
        path = one_line(error.filename or "a file")
        print(
            f"footnote: {path} cannot be used ({error.strerror}): check the name, its folder and"
            " the permissions.",
            file=sys.stderr,
        )
        sys.exit(Exit.ERROR)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        what = one_line(str(error).partition("\n")[0])
        print(
            f"footnote: this should not have happened: {type(error).__name__}: {what} "
            "(python -X dev -m qa … shows where).",
            file=sys.stderr,
        )
        sys.exit(Exit.ERROR)


if __name__ == "__main__":
    main()
