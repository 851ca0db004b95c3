"""`python -m qa.training`: data to model, calibration and figures, with a progress bar."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from qa.reader.model import FOLDER

PAIRS = 223_000  # what the shipped model saw
app = typer.Typer(add_completion=False)


@app.command()
def main(
    data: Annotated[Path, typer.Option(help="SQuADShifts' three files.")] = Path(
        "../shared/squadshifts"
    ),
    newswire: Annotated[Path, typer.Option(help="TREC-QA's pairs; left out where absent.")] = Path(
        "../shared/trecqa"
    ),
    wordnet: Annotated[
        Path, typer.Option(help="WordNet's files, for other wordings; left out where absent.")
    ] = Path("/usr/share/wordnet"),
    work: Annotated[Path, typer.Option(help="Checkpoints; a run cut off goes on here.")] = Path(
        "build/reader"
    ),
    out: Annotated[Path, typer.Option(help="Where the finished model goes.")] = FOLDER,
    pairs: Annotated[int, typer.Option(help="How many pairs to learn from.")] = PAIRS,
    minutes: Annotated[float, typer.Option(help="Stop after so many, if sooner.")] = float("inf"),
    threads: Annotated[int, typer.Option(help="CPU threads; 0: as many as there are.")] = 0,
    seed: Annotated[int, typer.Option(help="Of weights, order and augmentation.")] = 1,
) -> None:
    """Train the reader, export it, calibrate it, and write its figures."""
    if not (data / "new_wiki.json").exists():
        raise typer.BadParameter(f"{data} holds no new_wiki.json; give SQuADShifts with --data")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from qa.training.bar import Bar
    from qa.training.pipeline import Settings, run

    work.mkdir(parents=True, exist_ok=True)
    settings = Settings(data, newswire, wordnet, work, pairs, minutes, threads, seed)
    with Bar() as bar:
        table = run(settings, bar)
    out.mkdir(parents=True, exist_ok=True)
    for name in ("reader.onnx", "tokenizer.json", "calibration.json"):
        shutil.copyfile(work / name, out / name)
    (work / "figures.json").write_text(json.dumps(table, indent=1) + "\n")
    for part, figures in table.items():
        typer.echo(f"\n{part}")
        for name, value in figures.items():
            typer.echo(f"| {name} | {value:.3f} |")


if __name__ == "__main__":
    app()
