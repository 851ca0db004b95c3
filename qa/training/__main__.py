"""`python -m qa.training`: data to network, calibration and figures, with a progress bar."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)


@app.command()
def main(
    kind: Annotated[str, typer.Argument(help="Which network: quick or careful.")] = "careful",
    shared: Annotated[Path, typer.Option(help="Holds squadshifts/, trecqa/ and qa-data/.")] = Path(
        "../shared"
    ),
    work: Annotated[Path, typer.Option(help="Checkpoints; a run cut off goes on here.")] = Path(
        "build/reader"
    ),
    pairs: Annotated[int, typer.Option(help="How many to learn from; 0: as its kind wants.")] = 0,
    minutes: Annotated[float, typer.Option(help="Stop after so many, if sooner.")] = float("inf"),
    threads: Annotated[int, typer.Option(help="CPU threads; 0: as many as there are.")] = 0,
    seed: Annotated[int, typer.Option(help="Of weights, order and augmentation.")] = 1,
) -> None:
    """Train a network of the reader, export it, and write what it does on held-out articles."""
    if not (shared / "squadshifts" / "new_wiki.json").exists():
        raise typer.BadParameter(f"{shared} holds no squadshifts/new_wiki.json: give --shared")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from qa.training.bar import Bar
    from qa.training.held_out import examine
    from qa.training.pipeline import KINDS, Settings, material, run

    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} is no network: give one of {', '.join(KINDS)}")
    with Bar() as bar:
        folder = run(Settings(shared, work, kind, pairs, minutes, threads, seed), bar)
        table = examine(folder, material(shared, work), bar)
    (folder / "figures.json").write_text(json.dumps(table, indent=1) + "\n")
    for part, figures in table.items():
        typer.echo(f"\n{part}")
        for name, value in figures.items():
            typer.echo(f"| {name} | {value:.3f} |")
    typer.echo(f"\nTo read with it: FOOTNOTE_READER={folder}")


if __name__ == "__main__":
    app()
