"""Footnote beside LlamaIndex + Chroma with defaults: `make bench`.

Both read the same articles, cut into the same passages, embedded by the same model, in one run,
and by article each as it would by itself. Each side works in a process of its own, so that its
memory and its start are its own. Nothing is asserted: times depend on the machine, their ratio
hardly does.

`python -m tests.bench --size 100000` measures an archive of other sizes; above `--beside`, Footnote
alone; with `--sketched`, most of its vectors cheap ones. The table goes to the terminal, the
picture of cost against size to `build/bench.svg`.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.asked import write_questions
from tests.bench.collection import ROOT, SQUAD, sample, write_articles
from tests.bench.invented import Planted, write
from tests.bench.page import seconds_until_answered
from tests.bench.picture import Figures, Sides, draw

QUESTIONS = 140
SIZES = [1_000, 10_000]
PICTURE = ROOT / "build" / "bench.svg"
ROWS = (
    ("articles", "articles", "{:,.0f}"),
    ("passages", "passages", "{:,.0f}"),
    ("ingest_rate", "ingest, passages/s", "{:,.1f}"),
    ("ingest_work", "processor ms a passage", "{:,.1f}"),
    ("articles_rate", "by article, articles/s", "{:,.1f}"),
    ("articles_work", "processor ms an article", "{:,.0f}"),
    ("memory", "peak memory of it, MB", "{:,.0f}"),
    ("hit", "hit@5", "{:.3f}"),
    ("right", "answered rightly", "{:.3f}"),
    ("retrieve_p50", "retrieve, p50 ms", "{:,.1f}"),
    ("retrieve_p95", "retrieve, p95 ms", "{:,.1f}"),
    ("search_p50", "rank by reading, p50 ms", "{:,.1f}"),
    ("search_p95", "rank by reading, p95 ms", "{:,.1f}"),
    ("ask_p50", "answer, p50 ms", "{:,.1f}"),
    ("ask_p95", "answer, p95 ms", "{:,.1f}"),
    ("outlet_p50", "of one outlet, p50 ms", "{:,.1f}"),
    ("since_p50", "since a day, p50 ms", "{:,.1f}"),
    ("eight_rate", "eight at once, answers/s", "{:,.1f}"),
    ("eight_p95", "eight at once, p95 ms", "{:,.0f}"),
    ("cold_start", "cold start to an answer, s", "{:,.2f}"),
    ("page", "page answers after, s", "{:,.2f}"),
)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--size", type=int, action="append", help="passages, about; repeatable")
    options.add_argument("--beside", type=int, default=10_000, help="the largest of both sides")
    options.add_argument("--sketched", action="store_true", help="most vectors are made cheaply")
    chosen = options.parse_args()
    measured = {}
    if SQUAD.exists() and not chosen.size:
        measured["Wikipedia"] = _measured(_wikipedia, "run", beside=True)
    for size in chosen.size or SIZES:
        fill = lambda folder, size=size: _sampled(write(folder, size))  # noqa: E731
        run = "sketched" if chosen.sketched else "run"
        measured[f"{size:,}"] = _measured(fill, run, beside=size <= chosen.beside)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw([one for name, one in measured.items() if name[0].isdigit()]), "utf-8")
    print(f"\nThe picture is in {PICTURE}.")


def _wikipedia(folder: Path) -> list[Planted]:
    asked = sample(write_articles(folder), QUESTIONS)
    return [Planted(one.text, one.article, one.answers[0], "") for one in asked]


def _sampled(planted: list[Planted]) -> list[Planted]:
    return random.Random(7).sample(planted, min(QUESTIONS, len(planted)))


def _measured(fill: Callable[[Path], list[Planted]], run: str, *, beside: bool) -> Sides:
    """Measure an archive of what `fill` writes into a folder, and print it."""
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        (scratch / "articles").mkdir()
        write_questions(scratch, fill(scratch / "articles"))
        ours = _side("footnote", scratch, run)
        ours["page"] = seconds_until_answered(scratch / "archive")
        theirs = _side("baseline", scratch, "run", "articles") if beside else {}
    _print(ours, theirs)
    return ours, theirs


def _side(side: str, scratch: Path, *commands: str) -> Figures:
    print(f"measuring {side} …", flush=True)
    module = [sys.executable, "-m", f"tests.bench.{side}"]
    for command in commands:
        subprocess.run([*module, command, str(scratch)], check=True, stderr=subprocess.DEVNULL)
    figures: Figures = json.loads((scratch / f"{side}.json").read_text("utf-8"))
    starts = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([*module, "ask", str(scratch)], check=False, stdout=subprocess.DEVNULL)
        starts.append(time.perf_counter() - started)
    figures["cold_start"] = sorted(starts)[1]
    return figures


def _print(ours: Figures, theirs: Figures) -> None:
    print(f"\n{'':<28}{'Footnote':>12}{'LlamaIndex + Chroma':>22}{'ratio':>9}")
    for key, name, form in ROWS:
        mine, other = ours.get(key), theirs.get(key)
        cells = [form.format(value) if value is not None else "–" for value in (mine, other)]
        ratio = f"{mine / other:.2f}" if mine and other else ""
        print(f"{name:<28}{cells[0]:>12}{cells[1]:>22}{ratio:>9}", flush=True)


if __name__ == "__main__":
    main()
