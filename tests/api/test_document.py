"""What docs/api.md shows runs as it stands there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.conftest import Site

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
CURL = [line for line in PAGE.splitlines() if line.startswith("curl ")]
MEANT = "http://127.0.0.1:7860"


@pytest.mark.parametrize("example", PYTHON, ids=["gradio_client", "openai", "mcp"])
def test_the_python_runs(site: Site, example: str) -> None:
    if "from mcp" in example:
        pytest.importorskip("mcp")
    said: dict[str, object] = {}
    exec(example.replace(MEANT, site.url), said)
    answer = said["reply"].footnote if "reply" in said else said["answer"]  # type: ignore[attr-defined]
    assert answer == site.direct("ask", question="Who met Lavrov in Moscow?")  # type: ignore[comparison-overlap]


@pytest.mark.parametrize("line", CURL)
def test_each_curl_gets_json(site: Site, line: str) -> None:
    if not shutil.which("curl"):
        pytest.skip("there is no curl here")
    done = subprocess.run(
        ["sh", "-c", line.replace(MEANT, site.url)], capture_output=True, text=True, check=True
    )
    assert set(json.loads(done.stdout)) & {"answered", "hits", "articles", "status"}
