"""Greetings and thanks: not questions, yet they deserve a line."""

from __future__ import annotations

import re

from qa.answering import wording

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
    rest = re.sub(r"^(?:hi|hello|hey)(?: there)? (?=\w)", "", plain)
    said_so = (line for said, line in _LINES for text in (plain, rest) if re.fullmatch(said, text))
    return next(said_so, "")
