"""Two questions asked in one: "When did he travel, and where did he go?"."""

from __future__ import annotations

import re

from qa.reader.words import stems

_AT_MOST = 4  # each takes the time of a question; who pastes a page asks about the page
_ASKS = r"(?:when|where|why|who|whom|whose|what|which|how)"
_SHARED = re.compile(rf"({_ASKS}) and ({_ASKS}) (.+)", re.IGNORECASE)
_JOINT = re.compile(rf"[,;?]? and (?:also )?(?={_ASKS}\b)|\? (?=\w)", re.IGNORECASE)
_OPENS = re.compile(rf"(?:\w+,? )?{_ASKS}\b", re.IGNORECASE)


def parts(question: str) -> list[str]:
    """The questions that `question` joins, in order; itself alone where it is but one."""
    spaced = " ".join(question.split())
    if shared := _SHARED.fullmatch(spaced):
        first, second, rest = shared.groups()
        return [f"{first} {rest}", f"{second} {rest}"]
    asked = [part.strip() for part in _JOINT.split(spaced) if part.strip(" ?")]
    apart = 1 < len(asked) <= _AT_MOST and _OPENS.match(asked[0]) and bool(stems(asked[0]))
    return [f"{part.rstrip('?')}?" for part in asked] if apart else [question]
