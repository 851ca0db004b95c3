"""Exit codes and options that several commands share."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

import typer


class Exit(IntEnum):
    """What the command's exit code means."""

    DONE = 0
    BELOW = 1  # an evaluation fell short of what was required
    ERROR = 2
    NOT_IN_THE_ARTICLES = 3
    INTERRUPTED = 130


ArchiveOption = Annotated[
    str | None,  # no Path, which takes an address for a folder
    typer.Option(
        "--archive",
        metavar="DIR",
        help="The archive's folder, or the address of a PostgreSQL database. "
        "[default: $FOOTNOTE_ARCHIVE, else ./archive]",
    ),
]
OutletOption = Annotated[str | None, typer.Option(help="Only articles of this outlet.")]
SinceOption = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or later.")
]
UntilOption = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or earlier.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help="What was known then: what was published by this day."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")]
LlmOption = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="NAME",
        help="The language model that writes the answer. [default: $FOOTNOTE_LLM, else none]",
    ),
]
NoLlmOption = Annotated[
    bool, typer.Option("--no-llm", help="Answer in the articles' own sentences.")
]
