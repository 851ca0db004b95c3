"""A progress bar a person can leave alone: rate and time left on a terminal, lines when piped."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

LINES = 50  # for each stage, when piped


class Bar:
    """Called as `bar(stage, done, total)`."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._tasks: dict[str, int] = {}
        self._printed: dict[str, int] = {}

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        name, _, _detail = stage.partition(":")
        if self._progress.disable:
            self._line(name, stage, done, total)
            return
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(stage, total=total)
        self._progress.update(
            self._tasks[name],  # type: ignore[arg-type]
            description=stage,
            completed=done,
            total=total,
        )

    def _line(self, name: str, stage: str, done: int, total: int) -> None:
        step = done * LINES // max(total, 1)
        if self._printed.get(name) != step:
            self._printed[name] = step
            print(f"{stage} {done}/{total}", file=sys.stderr, flush=True)
