"""Lines into blocks: what one paragraph, heading or menu entry was before it was dumped."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.articles.prose import ends_sentence, is_function_word
from qa.articles.runons import split_run_on

_BULLET = re.compile(r"^(?:(?:[*•·▪●◦‣–-]|#{1,6})\s+)+(?=\S)")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_JOINS = re.compile(r"^(?:[,.;:!?)\]»”’]|[’']s\b)(?!\.\.)")
_DATELINE = re.compile(r"^[A-Z][\w.,() ]{2,60}(?:—|–| -)$")


def blocks_of(lines: list[str]) -> list[str]:
    """Join what was broken: hard-wrapped paragraphs, and sentences cut up at their links.

    Args:
        lines: The text line by line, tidied; empty lines mark a gap.
    """
    lines = [_LINK.sub(r"\1", line) for line in lines]
    width = _wrap_width(lines)
    pieces = _wrapped(lines, width) if width else _unwrapped(lines)
    return _rejoined(pieces, _is_cut_up(pieces))


def _unwrapped(lines: list[str]) -> list[str]:
    return [piece for line in lines if line for piece in split_run_on(line)]


def _wrap_width(lines: list[str]) -> int:
    """The column at which the text was hard-wrapped, or 0 where it was not."""
    width = max(map(len, lines), default=0)
    if not 40 <= width <= 100:
        return 0
    full = [(line, after) for line, after in pairwise(lines) if _is_full(line, after, width)]
    open_ended = sum(not ends_sentence(line) for line, _ in full)
    return width if open_ended > max(4, len(full) / 2) else 0


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word had no room at this line's end."""
    return bool(line and after) and len(line) + 1 + len(after.split(" ", 1)[0]) > width


def _wrapped(lines: list[str], width: int) -> list[str]:
    pieces: list[str] = []
    joins = False
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line:
            if joins:
                pieces[-1] += " " + line
            else:
                pieces.append(line)
        joins = _is_full(line, after, width)
    return pieces


def _is_cut_up(pieces: list[str]) -> bool:
    """Whether many lines begin in the middle of a sentence, as where each link had its own line."""
    inner = [
        piece for before, piece in pairwise(pieces) if _runs_on(piece) and not ends_sentence(before)
    ]
    closing = sum(map(ends_sentence, inner))  # tags are small letters too, but end no sentence
    return len(inner) > max(2, sum(map(ends_sentence, pieces)) / 10) and closing * 6 >= len(inner)


def _runs_on(piece: str) -> bool:
    return bool(_JOINS.match(piece)) or piece[:1].islower()


def _rejoined(pieces: list[str], cut_up: bool) -> list[str]:
    blocks: list[str] = []
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else ""
        if blocks and _continues(blocks[-1], piece, after, cut_up):
            glue = "" if _JOINS.match(piece) else " "
            blocks[-1] += glue + piece
        else:
            blocks.append(piece)
    return [_BULLET.sub("", block) for block in blocks]


def _continues(before: str, piece: str, after: str, cut_up: bool) -> bool:
    if _DATELINE.match(before) and len(piece) > 60:
        return True
    if not cut_up or ends_sentence(before):
        return cut_up and bool(_JOINS.match(piece))
    said = before.split()
    if _runs_on(piece) or before.endswith(",") or is_function_word(said[-1]):
        return True
    if len(piece.split()) > 8 or not _runs_on(after):
        return False
    return said[-1].islower() or (len(said) > 3 and bool(_JOINS.match(after)))
