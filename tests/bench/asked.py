"""What both sides of the benchmark are asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench.invented import Planted


def write_questions(scratch: Path, asked: Sequence[Planted]) -> None:
    """Keep them for the processes of both sides."""
    file = scratch / "questions.json"
    file.write_text(json.dumps([asdict(one) for one in asked]), "utf-8")


def questions(scratch: Path) -> list[Planted]:
    """Those that `write_questions` kept."""
    file = scratch / "questions.json"
    return [Planted(**one) for one in json.loads(file.read_text("utf-8"))]
