"""Tables as lines that can be quoted: `Ward: North; Yes: 1,204; No: 310`, one for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

_DIGIT = re.compile(r"\d")
_NAMED = re.compile(r"[^:;!?]{1,80}: \S")
_TOGETHER = 5  # rows of two cells on one line

Rows = Sequence[Sequence[str]]  # cells, tidied; a row may be shorter than others


def lines_of(rows: Rows, *, headed: bool | None = None) -> list[str]:
    """Return a line for each row that holds something.

    Args:
        headed: whether the first row names the columns; None: where the figures begin below it.
    """
    rows = [row for row in rows if any(row)]
    if len(rows) > 1 and (_looks_headed(rows) if headed is None else headed):
        return [_named(rows[0], row) for row in rows[1:]]
    bare = [_bare(row) for row in rows]
    if rows and max(map(len, rows)) == 2:  # names and values: one thing is described
        return ["; ".join(bare[at : at + _TOGETHER]) for at in range(0, len(bare), _TOGETHER)]
    return bare


def is_row(block: str) -> bool:
    """Whether a block of text is such a line, of two cells or more, and most of them named."""
    cells = block.split("; ")
    return len(cells) > 1 and 2 * sum(map(bool, map(_NAMED.match, cells))) > len(cells)


def _looks_headed(rows: Rows) -> bool:
    below = [cell for row in rows[1:] for cell in row]
    return not any(map(_DIGIT.search, rows[0])) and any(map(_DIGIT.search, below))


def _named(names: Sequence[str], row: Sequence[str]) -> str:
    pairs = zip_longest(names, row[: len(names) or None], fillvalue="")
    cells = [f"{name.rstrip(':')}: {cell}" if name else cell for name, cell in pairs if cell]
    return "; ".join([*cells, *filter(None, row[len(names) :])])


def _bare(row: Sequence[str]) -> str:
    first, *others = filter(None, row)
    return f"{first.rstrip(':')}: {'; '.join(others)}" if others else first
