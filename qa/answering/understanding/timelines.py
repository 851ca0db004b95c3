"""Whether a question wants to know how something went on: dated points rather than a fact."""

from __future__ import annotations

import re

from qa.answering.question import Timeline
from qa.answering.understanding.inorder import in_order, steps
from qa.language.words import stem, stems

_NAMED = re.compile(
    r"\b(?:time ?line|chronology|chronicle|sequence of events|course of events)\b", re.IGNORECASE
)
# "How did the strike develop?", not "How did she develop the vaccine?".
_DEVELOPED = steps(
    r"\bhow (?:did|do|does|has|have|had)\b",
    r"\b(?:develop|unfold|evolv|progress|go on|gone on|play out|played out)\w*"
    r"(?:\s+(?:over time|so far|since|further|then|until now|from there))?[\s?.!]*$",
)
_FRAME = frozenset(
    map(
        stem,
        "timeline time line chronology chronicle sequence course events event develop developed "
        "unfold unfolded evolve evolved progress progressed go gone play played show draw list "
        "over far give make happened".split(),
    )
)


def timeline_asked_for(question: str) -> Timeline | None:
    """What a timeline is wanted of; None where something else is asked."""
    if not (_NAMED.search(question) or in_order(question, _DEVELOPED)):
        return None
    topic = frozenset(stems(question)) - _FRAME
    return Timeline(topic) if topic else None
