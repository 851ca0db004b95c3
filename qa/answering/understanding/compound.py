"""Two questions asked in one: "When did he travel, and where did he go?"."""

from __future__ import annotations

import re

from qa.answering.understanding.settled import open_slots
from qa.answering.understanding.slots import replaced, slots
from qa.language.words import stems

_AT_MOST = 4  # each takes the time of a question; who pastes a page asks about the page
_ASKS = r"(?:when|where|why|who|whom|whose|what|which|how)"
_ASKED = re.compile(rf"\b{_ASKS}\b", re.IGNORECASE)
_SHARED = re.compile(rf"({_ASKS}) and ({_ASKS}) (.+)", re.IGNORECASE)
_ALSO = r"(?:do|does|did|is|are|was|were|has|have|had|will|can|could|should)"
_JOINT = re.compile(
    rf"[,;?]? and (?:also )?(?={_ASKS}\b)|\? (?=(?:and )?(?:{_ASKS}|{_ALSO})\b)", re.I
)
# "in 2024 and 2025", but a stretch of years is one thing.
_YEARS = re.compile(r"(?<!between )(?<!from )\b((?:1[0-9]|20)\d\d),? and ((?:1[0-9]|20)\d\d)\b")
_WHERE = re.compile(r" (?:in|at|on|of|near) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
_OPENS = re.compile(rf"(?:\w+,? )?{_ASKS}\b", re.IGNORECASE)


def parts(question: str) -> list[str]:
    """The questions that `question` joins, in order; itself alone where it is but one."""
    spaced = " ".join(question.split())
    if shared := _SHARED.fullmatch(spaced):
        first, second, rest = shared.groups()
        return [f"{first} {rest}", f"{second} {rest}"]
    if years := _YEARS.search(spaced):
        before, after = spaced[: years.start()], spaced[years.end() :]
        return [f"{before}{year}{after}" for year in years.groups()]
    asked = [part.strip(" ?") for part in _JOINT.split(spaced)]
    asked = list(dict.fromkeys(part for part in asked if part))
    apart = 1 < len(asked) <= _AT_MOST and _OPENS.match(asked[0]) and stems(asked[0])
    # "What did he say about who pays and how much?" is one: its first half asks for two things.
    if not apart or len(_ASKED.findall(asked[0])) > 1:
        return [question]
    return [f"{asked[0]}?", *(f"{_of_first(part, asked[0])}?" for part in asked[1:])]


def _of_first(part: str, first: str) -> str:
    """A later part with what the first one asks about for its "it"."""
    noun = next((slot for slot in slots(first) if slot.kind == "definite"), None)
    thing = next((slot for slot in open_slots(part) if slot.kind.startswith("thing")), None)
    if noun is None or thing is None or thing.said in {"this", "that"}:
        return part
    where = _WHERE.match(first, noun.end)
    return replaced(part, thing, first[noun.start : where.end() if where else noun.end])
