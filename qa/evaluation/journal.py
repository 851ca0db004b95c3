"""What is done stays done: an evaluation that was cut goes on where it was."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from qa.evaluation.outcome import Outcome


class Journal:
    """Outcomes, a line each, beside the report that they will become.

    The first line says what was asked of what. A journal of something else is put aside under
    another name, not lost.
    """

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        self._path = path
        self._about = about
        self.done: dict[str, Outcome] = {}
        self._file: TextIO | None = None

    def __enter__(self) -> Journal:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists() and not self._read():
            self._path.replace(_free(self._path))
        fresh = not self._path.exists()
        self._file = self._path.open("a", encoding="utf-8")
        if fresh:
            self._write(self._about)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def add(self, key: str, outcome: Outcome) -> None:
        """Keep an outcome; it is on its way to the disk when this returns."""
        self._write({"key": key, "outcome": outcome.to_dict()})
        self.done[key] = outcome

    def _write(self, value: dict[str, Any]) -> None:
        assert self._file is not None
        self._file.write(json.dumps(value, ensure_ascii=False) + "\n")
        self._file.flush()

    def _read(self) -> bool:
        """Take up what stands there; False where it is of something else."""
        first, *lines = self._path.read_text("utf-8").split("\n")
        try:
            if json.loads(first) != self._about:
                return False
        except json.JSONDecodeError:
            return False
        kept = [first]
        for line in lines:
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                continue  # the line that was being written when it was cut
            self.done[row["key"]] = Outcome.from_dict(row["outcome"])
            kept.append(line)
        self._path.write_text("\n".join(kept) + "\n", "utf-8")
        return True


def _free(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}.{n}") for n in range(1, 1000))
    return next(one for one in numbered if not one.exists())
