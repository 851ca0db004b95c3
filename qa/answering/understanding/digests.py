"""Whether a question wants a digest rather than a fact."""

from __future__ import annotations

import re

from qa.answering.question import Digest
from qa.answering.understanding.followups import points_back
from qa.language.words import stem, stems

# Who, when, where, why and how many ask for a fact, whatever else their question names.
_FACT = re.compile(r"^\W*(?:who\w*|when|where|why|which|how(?! about\b))\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\bsummar(?:y|ies|ise|ize|ising|izing)\b|\bdigest of\b|\brecap\b|\bbrief me\b"
    r"|\b(?:an?|the|short|brief) overview\b|\b(?:short|brief) review\b"
    r"|\bwhat(?:'s| is| has| have)? (?:been )?(?:happen(?:ed|ing|s)?|going on)\b"
    r"|\bwhat(?:'s| is) new\b(?! \w+ly\b)"
    r"|\bwhat(?:'s| is| are) the (?:latest|news|main points|key points|story|gist)"
    r"(?= (?:on|about|from|in|of|with)\b|\W*$)"
    r"|\btell me (?:more )?about\b|\bcatch me up\b|\bwhat do (?:the|your) articles say about\b"
    r"|\bwhat (?:is|are) (?:this|these|it|the articles?|they) about\b|\btl;?dr\b",
    re.IGNORECASE,
)
_FRAME = frozenset(
    map(
        stem,
        "summarise summarize summary summaries overview review digest recap brief happened "
        "happening going new latest main points key story stories gist tell catch articles article "
        "archive text texts collection report reports week please short event events development "
        "developments tl dr tldr".split(),
    )
)


def digest_asked_for(question: str, standalone: str) -> Digest | None:
    """What a digest is wanted of, or None where a fact is asked for.

    Args:
        question: as asked: "Summarise the news" is of all of it, whatever was talked of before.
        standalone: with what it leans on put in.
    """
    if _FACT.match(question) or not _ASKS.search(question):
        return None
    about_all = not (_topic(question) or points_back(question))
    return Digest(frozenset() if about_all else _topic(standalone))


def _topic(question: str) -> frozenset[str]:
    """The stems that say what the digest is to be about; empty for everything."""
    return frozenset(stems(question)) - _FRAME
