"""What is done stays done: an evaluation that was cut goes on where it was."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from qa.errors import SettingError
from qa.evaluation.outcome import Outcome


class Journal:
    """Outcomes, a line each, beside the report that they will become.

    The first line says what was asked of what. A journal of something else is put aside under
    another name, not lost. One run at a time writes it.
    """

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        self._path = path
        self._about = json.loads(json.dumps(about))  # as it will come back
        self.done: dict[str, Outcome] = {}

    def __enter__(self) -> Journal:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _locked(self._path)
            lines = self._path.read_bytes().split(b"\n")
            if self._path.stat().st_size and not self._taken_up(lines):
                self._file.close()
                self._path.replace(_free(self._path))
                self._file = _locked(self._path)
        except OSError as error:
            raise SettingError(
                f"{self._path} cannot be written ({error.strerror}): choose another --name."
            ) from None
        if not self._path.stat().st_size:
            self._write(self._about)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, key: str, outcome: Outcome) -> None:
        """Keep an outcome; it is on its way to the disk when this returns."""
        self._write({"key": key, "outcome": outcome.to_dict()})
        self.done[key] = outcome

    def _write(self, value: dict[str, Any]) -> None:
        # The line's end comes first, so that a line cut before never swallows this one.
        self._file.write("\n" + json.dumps(value, ensure_ascii=False))
        self._file.flush()

    def _taken_up(self, lines: list[bytes]) -> bool:
        """Take up what stands there; False where it is of something else."""
        rows = [row for line in lines if (row := _row(line))]
        if not rows or rows[0] != self._about:
            return False
        try:
            self.done = {row["key"]: Outcome.from_dict(row["outcome"]) for row in rows[1:]}
        except (KeyError, TypeError, AttributeError):
            return False
        return True


def _row(line: bytes) -> dict[str, Any] | None:
    """A line's object; None for what was being written when the run was cut."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _locked(path: Path) -> TextIO:
    opened = path.open("a", encoding="utf-8")
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        opened.close()
        raise SettingError(
            f"{path} is being written by another run: wait for it, or choose another --name."
        ) from None
    return opened


def _free(path: Path) -> Path:
    numbers = iter(range(1, 1_000_000))
    return next(p for n in numbers if not (p := path.with_name(f"{path.name}.{n}")).exists())
