"""What the documents promise: the examples run, the commands exist, the reference is up to date."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from typer.cli import get_docs_for_click
from typer.main import get_command

from qa import Assistant
from qa.__main__ import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = sorted(
    {
        line.partition(" #")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
        for line in block.splitlines()
        if line.startswith("footnote ")
    }
)


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, following, sourcing, evaluating = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    pairs = (ROOT / "seeds" / "gold.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "gold.jsonl").write_text("".join(pairs[:3]), "utf-8")
    monkeypatch.chdir(tmp_path)
    said: dict[str, object] = {}
    exec(asking, said)
    assert said["answer"].answered  # type: ignore[attr-defined]
    exec(following, said)
    assert said["then"].understood != "What did she say?"  # type: ignore[attr-defined]
    with Assistant.open("archive", read_only=True) as assistant:
        exec(sourcing, {"assistant": assistant})
        import pandas

        beside = {"Path": Path, "pandas": pandas, "assistant": assistant}
        nobody = SimpleNamespace(text="Nobody.", short="Nobody")
        exec(evaluating, beside | {"my_callable": lambda question: nobody})


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_of_the_readme_are_understood(line: str) -> None:
    command: click.Command = get_command(app)
    _, *words = shlex.split(line)
    while isinstance(command, click.Group):
        context = command.make_context("footnote", words)
        name, found, words = command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        assert found is not None, name
        command = found
    command.make_context("footnote", words)


def test_the_reference_of_the_command_line_is_up_to_date() -> None:
    """`make docs` writes it."""
    command = get_command(app)
    told = get_docs_for_click(obj=command, ctx=click.Context(command), name="footnote")
    assert (ROOT / "docs" / "cli.md").read_text("utf-8").strip() == told.strip()
