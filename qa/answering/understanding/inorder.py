"""Patterns that must stand in a question one after another, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence

Steps = tuple[re.Pattern[str], ...]


def steps(*patterns: str) -> Steps:
    """The patterns, compiled; capitals make no difference."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def in_order(text: str, wanted: Sequence[re.Pattern[str]]) -> re.Match[str] | None:
    """The first pattern's match, where each other one is found after the one before it.

    One pass over `text`: joining the patterns by ".*" would try every pair of places.
    """
    first = match = wanted[0].search(text)
    for pattern in wanted[1:]:
        match = match and pattern.search(text, match.end())
    return first if match else None
