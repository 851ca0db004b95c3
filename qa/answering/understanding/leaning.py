"""Whether a question leans on what was said before it, by features one can name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.answering.understanding.mentions import lowered
from qa.answering.understanding.settled import open_slots
from qa.answering.understanding.slots import slots, wants_other
from qa.answering.understanding.talk import Talk
from qa.language.words import stems, telling_words
from qa.metrics.logistic import logistic

_CARRIES_ON = re.compile(r"\s*(?:and|but|so|or|then|what about|how about)\b", re.IGNORECASE)
_DEFINES = re.compile(
    r"\s*(?:(?:what|who|where)(?: is| are| was| were|['’]s)|tell me about|describe)\b",
    re.IGNORECASE,
)
_THERE_IS = re.compile(r"\b(?:is|are|was|were) there\b", re.IGNORECASE)
_YES_NO = re.compile(r"\s*(?:is|are|was|were|do|does|did|has|have|had|any)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|next|after|also|again|then|still|same|similar|this|that)\b", re.I)


def leans(question: str, talk: Talk, weights: Mapping[str, float]) -> float:
    """The probability that `question` does not stand alone."""
    known = features(question, talk)
    return logistic(sum(weights.get(name, 0.0) * known[name] for name in known))


def features(question: str, talk: Talk) -> dict[str, float]:
    """What speaks for and against it; 0 or 1 each, but "telling" counts words."""
    found = open_slots(question)
    kinds = {slot.kind for slot in found} | {
        "definite" for one in slots(question) if one.kind == "definite"
    }
    pronoun = bool(kinds - {"definite"})
    telling = telling_words(question)
    names = [word for word in telling if word[0].isupper() and not question.startswith(word)]
    said = lowered(question)
    opening = {word for one in talk.utterances if one.opens for word in lowered(one.text)}
    named = {
        word
        for one in talk.candidates
        if any(mention.name for _, mention in one.seen)
        for word in one.words
    }
    old = said & talk.words
    bare = not (pronoun or names or said & named)
    values = {
        "bias": True,
        **{
            kind: kind in kinds
            for kind in (
                "person",
                "owner",
                "group",
                "group_owner",
                "thing",
                "thing_owner",
                "place",
                "pointed",
                "definite",
            )
        },
        "no pronoun": not pronoun,
        "names": bool(names),
        "names, no pronoun": bool(names) and not pronoun,
        "known name": bool(said & named),
        "known name, no pronoun": bool(said & named) and not pronoun,
        "new name": any(word.lower() not in talk.words for word in names),
        "opening named": bool(said & opening),
        "opening named, no pronoun": bool(said & opening) and not pronoun,
        "all of opening": bool(opening) and opening <= said,
        "old words": bool(old),
        "all old": bool(said) and said <= talk.words,
        "nothing old, no pronoun": not old and not pronoun,
        "nothing named": bare,
        "definite, nothing named": bare and "definite" in kinds,
        "definite, nothing old": bare and "definite" in kinds and not old,
        "old noun, nothing named": bare and bool(old),
        "there is, nothing named": bare and bool(_THERE_IS.search(question)),
        "happens, nothing named": bare and "happen" in question.lower(),
        "yes or no, nothing named": bare and bool(_YES_NO.match(question)),
        "other, nothing named": bare and wants_other(question),
        "carries on": bool(_CARRIES_ON.match(question)),
        "other": wants_other(question),
        "more": bool(_MORE.search(question)),
        "defines": bool(_DEFINES.match(question)) and not pronoun,
        "defines, short": bool(_DEFINES.match(question)) and not pronoun and len(telling) <= 2,
        "defines, the": bool(_DEFINES.match(question)) and "definite" in kinds,
        "first question": len(talk.utterances) <= 2,
        "nothing": not telling,
        "one word": len(stems(question)) == 1,
        "number": any(word[0].isdigit() for word in telling),
    }
    return {
        **{name: float(value) for name, value in values.items()},
        "telling": min(len(telling), 6) / 6,
        "telling, no pronoun": min(len(telling), 6) / 6 * (not pronoun),
    }
