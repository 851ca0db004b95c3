"""`python -m qa.training.confidence`: what a reader's evidence is worth, behind the pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from qa.training.bar import Bar
from qa.training.confidence import cache, figures
from qa.training.confidence.collections import FIT, HELD, load
from qa.training.confidence.fit import fit, threshold
from qa.training.confidence.judged import Judged, judge

ROOT = Path(__file__).parents[3]
app = typer.Typer(add_completion=False)


@app.command()
def main(
    shared: Annotated[Path, typer.Option(help="The data sets; what is absent is left out.")] = Path(
        "../shared"
    ),
    work: Annotated[Path, typer.Option(help="Archives and readings, kept.")] = Path(
        "build/confidence"
    ),
    reader: Annotated[str | None, typer.Option(help="As FOOTNOTE_READER; none: packaged.")] = None,
    size: Annotated[int, typer.Option(help="Questions of each half of a collection.")] = 90,
    seed: Annotated[int, typer.Option(help="Of which questions are asked.")] = 1,
    out: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
) -> None:
    """Ask every collection, fit on one half of its articles, show the figures of the other."""
    rows = _rows(shared, work, reader, size, seed)
    held = [one for one in rows if one.part == HELD]
    found = fit([one for one in rows if one.part == FIT])
    chance = figures.chance_of(found)
    before = threshold(held, [one.before for one in held])
    lines = figures.by_collection(held, lambda one: one.before, before)
    _show(f"before, at {before}", lines.items())
    lines = figures.by_collection(held, chance, found.threshold)
    _show(f"at {found.threshold}", lines.items())
    _show("at", ((f"{t:.2f}", line) for t, line in figures.sweep(held, chance)))
    for name, apart, with_it in figures.without_each(rows):
        _show(f"{name}, fitted without it", [("without", apart), ("with", with_it)])
    _show("fitted without", figures.without_signs(rows))
    if out:
        found.save(out)
        typer.echo(f"wrote {out}")


def _rows(shared: Path, work: Path, name: str | None, size: int, seed: int) -> list[Judged]:
    """What the pipeline would answer to every asking."""
    from qa.reader.choice import choose
    from vectorstore.embedding import Embedding

    reader = choose(name, Embedding.open().encode)
    label = cache.fingerprint(name)
    rows: list[Judged] = []
    with Bar() as bar:
        for one in load(shared, ROOT):
            with cache.archive(one, work, bar) as store:
                retrieved = cache.found(one, store, work, size, seed, bar)
                kept = work / one.name / f"{size}-{seed}-read-{label}.jsonl"
                readings = cache.readings(one, store, retrieved, reader, kept, bar)
                rows += judge(one.name, store, reader, retrieved, readings)
    return rows


def _show(title: str, lines: Iterable[tuple[str, figures.Line]]) -> None:
    typer.echo(f"\n| {title} | {' | '.join(figures.COLUMNS)} |")
    typer.echo("| --- " * (len(figures.COLUMNS) + 1) + "|")
    for name, line in lines:
        cells = (f"{line[c]:.0f}" if c == "asked" else f"{line[c]:.3f}" for c in figures.COLUMNS)
        typer.echo(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    app()
