"""Greetings and thanks: not questions, yet they deserve a line."""

from __future__ import annotations

import re

from qa.answering.question import SmallTalk, Talk

# A hyphen belongs to its word ("Hi-tech exports"), unless white space stands before it.
_OPENING = re.compile(
    r"^\s*(?:hi|hello|hey|thanks|thank you|good (?:morning|afternoon|evening))(?: there)?"
    r"(?:\s*[,.!–—]\s*|\s+-+\s+)(?:and |but |so )?(?=\w)",
    re.IGNORECASE,
)
_SAID: tuple[tuple[Talk, str], ...] = (
    ("nothing", r""),
    (
        "greeting",
        r"(?:hi|hello|hey|hallo|hola|bonjour|good (?:morning|afternoon|evening|day)|greetings)"
        r"(?: there| footnote| everyone| all)?(?: how are you(?: doing)?)?",
    ),
    ("thanks", r"(?:many )?(?:thanks|thank you|thx|cheers)(?: a lot| so much| very much)?"),
    (
        "abilities",
        r"(?:who|what) are you|what(?: all)? can (?:you do|i ask(?: you)?)|help(?: me)?"
        r"|how do(?:es)? (?:you|this|it) work",
    ),
)


def small_talk(message: str) -> SmallTalk | None:
    """What a message says that is nothing but small talk, a greeting before it or not."""
    for said in (message, without_greeting(message)):
        plain = " ".join(re.findall(r"[\w']+", said.lower()))
        for talk, pattern in _SAID:
            if re.fullmatch(pattern, plain) and (plain or not message.strip()):
                return SmallTalk(talk)
    return None


def without_greeting(question: str) -> str:
    """The question that follows a greeting: "hi, who met Lavrov?" asks who met Lavrov."""
    return _OPENING.sub("", question, count=1)
