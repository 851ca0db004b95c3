"""`footnote users`: who may sign in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from qa.config import Config
from qa.errors import SettingError
from qa.serving.users import Role, Users

app = typer.Typer(no_args_is_help=True, help="Say who may sign in to the chat.")

FileOption = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="The users' file. [default: $FOOTNOTE_USERS]"),
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]


@app.command(epilog="Example: `footnote users add anna --role editor`")
def add(
    name: NameArgument,
    role: Annotated[
        Role, typer.Option(help="A reader asks; an editor also adds and removes articles.")
    ] = Role.READER,
    file: FileOption = None,
) -> None:
    """Add a user, or give one a new password and role; the password is asked for."""
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    _users(file).add(name, password, role)
    print(f"{name} may sign in as {role}.")


@app.command("list", epilog="Example: `footnote users list`")
def show(file: FileOption = None) -> None:
    """List the users and what they may do."""
    for user in _users(file).all().values():
        print(f"{user.name}\t{user.role}")


@app.command(epilog="Example: `footnote users remove anna`")
def remove(name: NameArgument, file: FileOption = None) -> None:
    """Take a user out, who is signed out at once."""
    _users(file).remove(name)
    print(f"{name} may no longer sign in.")


def _users(file: Path | None) -> Users:
    path = file or Config.from_environment().users
    if path is None:
        raise SettingError("Say where the users are kept: set FOOTNOTE_USERS, or give --file FILE.")
    return Users(path)
