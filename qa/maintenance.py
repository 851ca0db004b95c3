"""The commands that keep an archive: check, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.errors import SettingError
from qa.options import ArchiveOption, Exit
from qa.printable import one_line
from vectorstore.place import Address, located


def check(
    archive: ArchiveOption = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Put right what can be put right.")
    ] = False,
) -> None:
    """Say what is wrong with an archive; exit code 1 says that something still is."""
    from qa.assistant import Assistant

    with Assistant.open(_folder(archive), read_only=not repair) as assistant:
        troubles = assistant.examine(repair=repair)
        held = assistant.overview().articles
    for trouble in troubles:
        advice = trouble.advice or "footnote check --repair mends it"
        print(one_line(f"{trouble.what} ({'mended' if trouble.mended else advice})."))
    if not troubles:
        print(f"Nothing is wrong with the archive and its {held:,} articles.")
    if not all(trouble.mended for trouble in troubles):
        raise typer.Exit(Exit.BELOW)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, a tar.gz.")],
    archive: ArchiveOption = None,
) -> None:
    """Write a whole archive to one file, uploads included; it may be in use meanwhile."""
    from qa.assistant import Assistant

    with Assistant.open(_folder(archive), read_only=True) as assistant:
        assistant.backup(file)
    size = file.stat().st_size / 1e6
    print(one_line(f"The archive is in {file} ({size:,.1f} MB)."))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What footnote backup wrote.")],
    archive: ArchiveOption = None,
) -> None:
    """Make an archive of a backup, in a folder that is new or empty."""
    from vectorstore.backup import restore as restored

    folder = _folder(archive)
    if not isinstance(folder, Path):
        raise SettingError(
            f"A backup is restored into a folder, and {folder} is a database: give --archive DIR"
            " and then `footnote move DIR` to it."
        )
    restored(file, folder)
    print(one_line(f"The archive is in {folder}; its index is built when it is opened."))


def _folder(archive: str | None) -> Path | Address:
    from qa.config import Config

    return located(archive or Config.from_environment().archive)


def add_to(app: typer.Typer) -> None:
    """Make them commands of `app`."""
    app.command(epilog="Examples: `footnote check` · `footnote check --repair`")(check)
    app.command(epilog="Example: `footnote backup monday.tar.gz`")(backup)
    app.command(epilog="Example: `footnote restore monday.tar.gz --archive archive-2`")(restore)
