"""Files as the tests write them: an article's, and lines of JSON."""

from __future__ import annotations

import json
from pathlib import Path

BODY = """The old mill at Nether Tarn will be rebuilt by the spring, the council said on Monday.

“We have waited for nine years,” said the mayor, Irena Fell. “We can wait for one more winter.”

The work will cost 2.4 million crowns, of which the county pays two thirds."""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_lines(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), "utf-8")
    return path
