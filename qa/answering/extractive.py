"""An answer in the articles' own sentences, each with its footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.evidence import Evidence
from qa.answering.footnotes import Footnotes, unmarked

_AT_MOST = 4
_LIST = re.compile(
    r"^\s*(?:list|name|enumerate)\b|\b(?:who|what|which)\s+all\b|\ball (?:of )?the\b"
    r"|\b(?:which|what)\s+(?:\w+\s+){0,2}(?!\w*(?:ss|us|is)\b)\w{3,}s\b(?!\s+(?:is|was|has|does)\b)"
    r"|\bwho (?:are|were)\b|\bwhich of the\b|\b(?:everyone|everybody|everything)\b",
    re.IGNORECASE,
)
# A further sentence must be nearly as likely as the best one; for a list it may be half as likely.
_NEARLY = 0.85
_HALF = 0.5


def asks_for_list(question: str) -> bool:
    """Whether several things may be right at once ("which countries", "who all")."""
    return bool(_LIST.search(question))


def choose(question: str, evidence: Sequence[Evidence], threshold: float) -> list[Evidence]:
    """The one to four sentences to answer with; none where the evidence is too weak."""
    if not evidence or evidence[0].probability < threshold:
        return []
    listing = asks_for_list(question)
    floor = max(threshold, evidence[0].probability * (_HALF if listing else _NEARLY))
    chosen = [evidence[0]]
    for candidate in evidence[1:]:
        if len(chosen) >= (_AT_MOST if listing else 2) or candidate.probability < floor:
            break
        if not any(_overlap(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen


def compose(chosen: Sequence[Evidence], footnotes: Footnotes) -> str:
    """The sentences, each followed by its mark."""
    return " ".join(f"{unmarked(e.text)} {footnotes.cite(e)}" for e in chosen)


def _overlap(a: Evidence, b: Evidence) -> bool:
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end
