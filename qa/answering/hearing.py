"""What is taken in of a question, and of what was said before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MOST = 2_000  # characters of a question
_SAID = 10_000  # characters of one thing said before
_TURNS = 40  # things said before, the latest


def heard(words: str, most: int = MOST) -> str:
    """The beginning of what was said, as text that can be written down.

    Half of a character (a lone surrogate, as a shell makes of bytes that are no text) is none.
    """
    return words[:most].encode("utf-8", "replace").decode()


def remembered(
    history: Sequence[Mapping[str, Any]] | None,
) -> list[Mapping[str, Any]] | None:
    """What was said before, as much of it as a question can lean on."""
    if history is None:
        return None
    return [
        {**one, "content": heard(one["content"], _SAID)}
        if isinstance(one.get("content"), str)
        else one
        for one in history[-_TURNS:]
    ]
