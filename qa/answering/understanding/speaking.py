"""Whether a question asks for somebody's words: "What did Borrell say about Russia?"."""

from __future__ import annotations

import re

from qa.language.names import find_names

_SAY = (
    r"(?:say|said|says|saying|tell|told|write|wrote|announce|claim|think|promise|warn|demand"
    r"|reply|answer|argue|state|call for)"
)
_ASKED = re.compile(
    r"\b(?:what|how) (?:did|does|has|had|do|have)\s+(?P<who>[^?]{2,80}?)\s+(?:\w+ly\s+)?"
    rf"{_SAY}\b",
    re.IGNORECASE,
)


def speaker_asked_for(question: str) -> str:
    """The name of whoever's words are asked for; "" where nobody's are, or nobody is named."""
    asked = _ASKED.search(question)
    names = find_names(asked["who"]) if asked else []
    return names[-1].text if names else ""
