"""Whether a question is about the archive as a whole, or about what it has from an outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.question import AboutArchive, ArchiveDetail
from qa.answering.understanding.inorder import Steps, in_order, steps
from qa.language.words import stems

# Words with which people ask about the archive. A question that says more than these is about
# something in the articles ("How many articles of the treaty …").
_VOCABULARY = set(
    stems(
        "articles stories reports pieces documents files texts outlets sources newspapers papers "
        "agencies publishers publications sites archive collection database index indexed loaded "
        "available stored contain hold cover covered include included list show count number total "
        "latest newest recent oldest earliest first last period date dates range time span far "
        "currently now know altogether there published source titles headlines title headline "
        "anything something got back go big large"
    )
)
_ARTICLES = (
    r"(?:articles?|stor(?:y|ies)|reports?|pieces?|documents?|files|texts|headlines?|titles?)"
)
_OUTLETS = (
    r"(?:outlets?|sources?|newspapers?|papers|agenc(?:y|ies)|publishers?|publications?|sites?)"
)
_ASKED: tuple[tuple[ArchiveDetail, Steps], ...] = (
    ("outlets", steps(rf"how many {_OUTLETS}")),
    ("outlets", steps(r"which|what|list|show", _OUTLETS)),
    ("count", steps(rf"how many {_ARTICLES}|(?:number|count) of {_ARTICLES}|how (?:big|large)")),
    ("latest", steps(rf"(?:latest|newest|most recent|last) {_ARTICLES}")),
    ("oldest", steps(rf"(?:oldest|earliest|first) {_ARTICLES}")),
    (
        "period",
        steps(r"period|date range|time ?span|what dates|how far back|from when|which dates"),
    ),
    (
        "titles",
        steps(
            r"(?:which|what|list|show)(?: (?:me|all|the|of|are|do|your|other))*"
            r" (?:articles|stories|reports|pieces|documents|files|texts|headlines|titles)"
            r"|what do you (?:have|know|cover)"
            r"|what(?:['’]s| is) in the (?:archive|collection|database)"
            r"|what does the archive (?:hold|contain|cover)"
        ),
    ),
)


def about_archive(question: str, outlets: Sequence[str]) -> AboutArchive | None:
    """What is asked of the archive; None where the question names anything else.

    Args:
        question: as asked, without a greeting.
        outlets: those that the archive names.
    """
    if _names_nothing_else(question):
        asked = _asked(question)
        return AboutArchive(asked) if asked else None
    named, rest = outlets_named(question, outlets)
    if not named or not _names_nothing_else(rest):
        return None
    asked = _asked(rest)
    return AboutArchive(asked if asked in ("latest", "oldest") else "titles", tuple(named))


def outlets_named(question: str, outlets: Sequence[str]) -> tuple[list[str], str]:
    """The outlets that `question` names, and the question without their names.

    "AFP via The Citizen" goes by either name. Short names are told from words by their capitals.
    """
    named, rest = [], question
    said = question.casefold()
    for outlet in outlets:
        for name in filter(None, outlet.split(" via ")):
            if name.casefold() not in said:
                continue  # a pattern is made for few, where an archive names thousands
            case = 0 if len(name) <= 3 else re.IGNORECASE
            pattern = re.compile(rf"\b(?:the\s+)?{re.escape(name)}(?:['’]s)?(?!\w)", case)
            if pattern.search(question):
                named.append(outlet)
                rest = pattern.sub(" ", rest)
    return list(dict.fromkeys(named)), " ".join(rest.split())


def _names_nothing_else(question: str) -> bool:
    return set(stems(question)) <= _VOCABULARY


def _asked(question: str) -> ArchiveDetail | None:
    return next((asked for asked, wanted in _ASKED if in_order(question, wanted)), None)
