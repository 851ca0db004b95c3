"""Names as articles write them, and the lists that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Capitals that open a sentence or name a day are no part of a list of names.
_OPENS = (
    r"(?!(?:On|In|At|By|For|From|With|After|Before|When|While|But|As|If|Last|Next|Since"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
_NAME = rf"{_OPENS}(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]*)*"
_NAMES = re.compile(rf"{_NAME}(?:,\s+{_NAME})*,?\s+and\s+{_NAME}")


def enumerations(text: str) -> Iterator[str]:
    """The lists of names in `text`: "Japan, the United States and New Zealand"."""
    return (match[0] for match in _NAMES.finditer(text))
