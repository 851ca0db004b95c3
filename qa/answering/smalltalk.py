"""Greetings and thanks: not questions, yet they deserve a line."""

from __future__ import annotations

import re

from qa.answering import wording

_OPENING = re.compile(
    r"^\s*(?:hi|hello|hey|thanks|thank you|good (?:morning|afternoon|evening))(?: there)?"
    r"\s*[,.!–—-]+\s*(?:and |but |so )?(?=\w)",
    re.IGNORECASE,
)
_LINES = (
    (
        r"(?:hi|hello|hey|hallo|hola|bonjour|good (?:morning|afternoon|evening|day)|greetings)"
        r"(?: there| footnote| everyone| all)?(?: how are you(?: doing)?)?",
        wording.GREETING,
    ),
    (r"(?:many )?(?:thanks|thank you|thx|cheers)(?: a lot| so much| very much)?", wording.THANKS),
    (
        r"(?:who|what) are you|what(?: all)? can (?:you do|i ask(?: you)?)|help(?: me)?"
        r"|how do(?:es)? (?:you|this|it) work",
        wording.ABILITIES,
    ),
)


def reply(question: str) -> str:
    """The line for a message that is nothing but small talk, or an empty string."""
    plain = " ".join(re.findall(r"[\w']+", question.lower()))
    return next((line for said, line in _LINES if re.fullmatch(said, plain)), "")


def without_greeting(question: str) -> str:
    """The question that follows a greeting: "hi, who met Lavrov?" asks who met Lavrov."""
    return _OPENING.sub("", question, count=1)
