"""No library of ours reports to its maker: nothing is queued, nothing is looked up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUNS_MODELS = [
    path
    for folder in ("qa", "vectorstore")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "import onnxruntime" in path.read_text("utf-8")
]


def run(code: str, home: Path) -> str:
    """What `code` prints where `home` is the only place to leave anything."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=kept | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")},
    )
    return done.stdout.strip()


@pytest.mark.parametrize("path", RUNS_MODELS, ids=lambda path: path.stem)
def test_it_is_turned_off_before_onnxruntime_can_be_imported(path: Path, tmp_path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    code = f"import os, {module}; print(os.environ.get('ORT_DISABLE_TELEMETRY'))"
    assert run(code, tmp_path) == "1"


def test_nothing_is_queued(tmp_path: Path) -> None:
    code = (
        "from qa.reader.model import OnnxNetwork; OnnxNetwork()\n"
        "from vectorstore.embedding import Embedding\n"
        "print(Embedding.open().encode_query('Who relit the lighthouse?').shape)"
    )
    assert run(code, tmp_path) == "(384,)"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
