"""Two questions asked in one: "When did he travel, and where did he go?"."""

from __future__ import annotations

import re

from qa.reader.words import stems

_ASKS = r"(?:when|where|why|who|whom|whose|what|which|how)"
_SHARED = re.compile(rf"\s*({_ASKS})\s+and\s+({_ASKS})\s+(.+)", re.IGNORECASE | re.DOTALL)
_JOINT = re.compile(
    rf"\s*(?:[,;]|\?)?\s+and\s+(?:also\s+)?(?={_ASKS}\b)|\?\s+(?=\w)", re.IGNORECASE
)
_OPENS = re.compile(rf"\s*(?:\w+[\s,]+)?{_ASKS}\b", re.IGNORECASE)


def parts(question: str) -> list[str]:
    """The questions that `question` joins, in order; itself alone where it is but one."""
    if shared := _SHARED.fullmatch(question):
        first, second, rest = shared.groups()
        return [f"{first} {rest}", f"{second} {rest}"]
    asked = [part.strip() for part in _JOINT.split(question) if part.strip(" ?")]
    apart = len(asked) > 1 and _OPENS.match(asked[0]) and bool(stems(asked[0]))
    return [f"{part.rstrip('?')}?" for part in asked] if apart else [question]
