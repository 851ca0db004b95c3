"""Text for the full-text index, and queries for it: any text makes a query that cannot fail."""

from __future__ import annotations

import re
from itertools import pairwise

# The index sees one word in a run of a script that writes no spaces, so such characters are set
# apart and a query asks for their pairs: Japanese and Chinese, Thai, Lao, Khmer, Burmese.
SPACELESS = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
_ALONE = re.compile(f"([{SPACELESS}])")
_RUN = re.compile(f"[{SPACELESS}]+")
_WORD = re.compile(rf"[^\W_{SPACELESS}]+(?:[.’'][^\W_{SPACELESS}]+)*")

_MOST_TERMS = 64  # of a whole page given as a query, this many different terms are enough

# Words that nearly every passage holds: they cost most of the time and decide nothing.
_STOP_WORDS = frozenset(
    "a about after all also an and any are as at be because been but by can could did do does for"
    " from had has have he her his how i if in into is it its many more most much no not of on or"
    " our out over she so some such than that the their them then there these they this those to"
    " up us was we were what when where which who whom whose why will with would you your".split()
)


def searchable(text: str) -> str:
    """`text` as the full-text index should see it."""
    return _ALONE.sub(r" \1 ", text)


def terms(query: str) -> list[str]:
    """The telling words of `query`, and pairs of characters that stand beside each other."""
    text = query.encode(errors="replace").decode().lower()
    words = list(dict.fromkeys(_WORD.findall(text)))
    telling = [word for word in words if word not in _STOP_WORDS]
    pairs = [pair for run in _RUN.findall(text) for pair in _pairs(run)]
    return list(dict.fromkeys((telling or words) + pairs))[:_MOST_TERMS]


def match_expression(query: str) -> str:
    """The FTS5 expression that finds any of the words of `query`; "" where it has none."""
    return " OR ".join(f'"{term}"' for term in terms(query))


def _pairs(run: str) -> list[str]:
    if len(run) == 1:
        return [run]
    return [f"{first} {second}" for first, second in pairwise(run)]
