"""The command that takes an article out of an archive, and brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qa.errors import ArticleNotFound, SettingError
from qa.options import ArchiveOption, Exit
from qa.printable import one_line
from vectorstore.place import Address, located

if TYPE_CHECKING:
    from pathlib import Path

    from qa.assistant import Assistant
    from qa.records import Head

_SHOWN = 5  # articles that are named where several may be meant


def remove(
    article: Annotated[str, typer.Argument(help="Its id, its title, or words of it.")],
    archive: ArchiveOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Bring an article back that was removed, by its id.")
    ] = False,
) -> None:
    """Take an article out of the archive; its file stays, and it can be brought back."""
    from qa.assistant import Assistant

    with Assistant.open(_place(archive)) as assistant:
        if undo:
            _bring_back(assistant, article)
            return
        head = _meant(assistant, article)
        name = one_line(f"“{head.title}” ({head.id})")
        if not yes and not _sure(name):
            print("Nothing was removed.")
            raise typer.Exit(Exit.ERROR)
        assistant.remove(head.id)
    # An address may hold a password, which is nobody's to read over a shoulder.
    where = f" --archive {_place(archive)}" if archive else ""
    print(one_line(f"Removed {name}. Undo: footnote remove --undo {head.id}{where}"))


def _sure(name: str) -> bool:
    try:
        return typer.confirm(f"Remove {name}?")
    except typer.Abort:
        raise SettingError("Nobody answers: give --yes to remove it without asking.") from None


def _bring_back(assistant: Assistant, id_: str) -> None:
    try:
        back = assistant.bring_back(id_)
    except ArticleNotFound as error:
        ids = ", ".join(one.article.id for one in assistant.removed()[:_SHOWN])
        hint = f" What can: {ids}." if ids else ""
        raise ArticleNotFound(f"{error}{hint}") from None
    print(one_line(f"“{back.title}” ({back.id}) is back."))


def _meant(assistant: Assistant, wanted: str) -> Head:
    """The one article of that id, that title, or those words.

    Raises:
        ArticleNotFound: there is none, or there are several; the message names them.
    """
    heads = assistant.find(limit=assistant.overview().articles).heads
    folded = wanted.strip().casefold()
    for found in (
        [head for head in heads if head.id == wanted],
        [head for head in heads if head.title.casefold() == folded],
        [head for head in heads if folded in head.title.casefold()],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(head.id for head in found[:_SHOWN])
            raise ArticleNotFound(f"{len(found)} articles are called so: give the id ({ids} …).")
    raise ArticleNotFound(f"There is no article {wanted!r}: `footnote articles` lists those there.")


def _place(archive: str | None) -> Path | Address | None:
    return located(archive) if archive else None
