"""Footnote beside LlamaIndex + Chroma with defaults: `make bench`.

Both read the same articles, cut into the same passages, embedded by the same model, in one run.
Each side works in a process of its own, so that its memory and its start are its own. Nothing is
asserted: times depend on the machine, their ratio hardly does.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.collection import SEEDS, SQUAD, sample, write_articles

QUESTIONS = 100
ROWS = (
    ("passages", "passages", "{:,.0f}"),
    ("ingest_rate", "ingest, passages/s", "{:,.1f}"),
    ("retrieve_p50", "retrieve, p50 ms", "{:,.1f}"),
    ("retrieve_p95", "retrieve, p95 ms", "{:,.1f}"),
    ("search_p50", "rank by reading, p50 ms", "{:,.1f}"),
    ("search_p95", "rank by reading, p95 ms", "{:,.1f}"),
    ("ask_p50", "answer, p50 ms", "{:,.1f}"),
    ("ask_p95", "answer, p95 ms", "{:,.1f}"),
    ("memory", "peak memory, MB", "{:,.0f}"),
    ("cold_start", "cold start to an answer, s", "{:,.2f}"),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        questions = _prepare(folder)
        (Path(scratch) / "questions.json").write_text(json.dumps(questions), "utf-8")
        sides = {name: _measure(name, Path(scratch)) for name in ("footnote", "baseline")}
        _print(sides["footnote"], sides["baseline"])


def _prepare(folder: Path) -> list[str]:
    if SQUAD.exists():
        return [question.text for question in sample(write_articles(folder), QUESTIONS)]
    print("The larger collection is not there: measuring on the seeds.")
    for path in SEEDS.glob("*.md"):
        (folder / path.name).write_bytes(path.read_bytes())
    return ["Who met Lavrov in Moscow?", "How many artillery rounds were transferred?"] * 20


def _measure(side: str, scratch: Path) -> dict[str, float]:
    print(f"measuring {side} …", flush=True)
    module = [sys.executable, "-m", f"tests.bench.{side}"]
    subprocess.run([*module, "run", str(scratch)], check=True)
    figures: dict[str, float] = json.loads((scratch / f"{side}.json").read_text("utf-8"))
    starts = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([*module, "ask", str(scratch)], check=False, stdout=subprocess.DEVNULL)
        starts.append(time.perf_counter() - started)
    figures["cold_start"] = sorted(starts)[1]
    return figures


def _print(ours: dict[str, float], theirs: dict[str, float]) -> None:
    print(f"\n{'':<28}{'Footnote':>12}{'LlamaIndex + Chroma':>22}{'ratio':>9}")
    for key, name, form in ROWS:
        mine, other = ours.get(key), theirs.get(key)
        cells = [form.format(value) if value is not None else "–" for value in (mine, other)]
        ratio = f"{mine / other:.2f}" if mine and other else ""
        print(f"{name:<28}{cells[0]:>12}{cells[1]:>22}{ratio:>9}")


if __name__ == "__main__":
    main()
