"""Whether a sentence has happen what is asked, and does not plan, imagine or leave it open.

Without a parser: the small words of the clause in which the sentence has the statement's words.
"""

from __future__ import annotations

import re
from typing import Literal

from qa.checking.facts import Facts, Word, facts_of
from qa.checking.wording import base

Time = Literal["past", "perfect", "present", "ahead", "open"]

_TIMES: dict[str, Time] = {
    **dict.fromkeys(("did", "was", "were", "had"), "past"),
    **dict.fromkeys(("has", "have"), "perfect"),
    **dict.fromkeys(("is", "are", "do", "does"), "present"),
    **dict.fromkeys(("will", "shall"), "ahead"),
}
_MODALS = frozenset("will would shall should could may might must can won't if unless".split())
_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|would(?! have)|(?:is|are|due|set|plans?|agreed) to)\b"
)
_NOW = re.compile(r"\b(?:is|are|isn[’']t|aren[’']t|has been|have been|remains?|stays?)\b")
_OPEN = re.compile(
    r"\b(?:whether|ruled? out|rul(?:es|ing) out|(?:declin|refus)\w+ to (?:say|comment|confirm)"
    r"|would not say|den(?:y|ies|ied)|(?:accus|alleg|suspect|claim)\w*)\b",
    re.IGNORECASE,
)
_UNCHANGED = frozenset("beat cost cut hit hurt let put quit set shut split spread".split())
_BE = frozenset("is are was were has have had".split())


def time_of(helper: str) -> Time:
    """When a question that opens with `helper` has happen what it asks; "open" of "can"."""
    return _TIMES.get(helper.lower(), "open")


def leaves_open(stated: Facts, quoted: Facts) -> bool:
    """Whether the sentence tells of it as of what is not told or not known: "declined to say"."""
    doubt = _OPEN.search(quoted.text)
    if doubt is None:
        return False
    told = next((w.clause for w in quoted.words if w.start >= doubt.start()), 0)
    return any(word.clause >= told for word in _shared(stated, quoted))


def in_one_piece(stated: Facts, quoted: Facts) -> bool:
    """Whether the words asked of stand together: no half here and half past a semicolon.

    And past "than" stands what is asked to stand there, and "against" is not "for".
    """
    pieces = [facts_of(piece).stems for piece in quoted.text.split(";")]
    whole = stated.stems & quoted.stems
    _, _, less = stated.text.partition(" than ")
    compared = facts_of(less).stems <= facts_of(quoted.text.partition(" than ")[2]).stems
    written = {word.text.lower() for word in quoted.words}
    sides = {word.text.lower() for word in stated.words} & {"for", "against"}
    sided = not sides or ("against" in sides) == ("against" in written)
    return compared and sided and any(whole <= piece for piece in pieces)


def in_time(time: Time, stated: Facts, quoted: Facts) -> bool:
    """Whether the sentence speaks of the time asked about, and of what is so and not thought of."""
    if time == "open":
        return True
    if time == "ahead":
        return bool(_AHEAD.search(quoted.text))
    shared = [word for word in _shared(stated, quoted) if word.text.islower()]
    if any(_thought_of(quoted, word, stated) for word in shared):
        return False
    return time != "present" or bool(_NOW.search(quoted.text))


def same_form(time: Time, stated: Facts, quoted: Facts) -> bool:
    """Whether the verb asked of stands in the form that answers: "did … vote" in "voted".

    Beside "is", "was" and "has" it stands as it is asked: "opened" does not say "is open".
    """
    if time in ("ahead", "open"):
        return True
    written = {word.text.lower() for word in quoted.words}
    helper = next((n for n, w in enumerate(stated.words) if w.text.lower() in _BE), None)
    if helper is not None:
        verb = next((w for w in stated.words[helper + 1 :] if w.telling), None)
        return verb is not None and verb.text.lower() in written
    if time == "present":
        return True
    asked = {base(word): word.text for word in stated.words[1:] if _plain(word)}
    return any(
        word.text in _UNCHANGED or (word.text != asked[base(word)] and word.text[-1] != "s")
        for word in quoted.words
        if base(word) in asked
    )


def _shared(stated: Facts, quoted: Facts) -> list[Word]:
    """The sentence's telling words that the statement has too."""
    return [word for word in quoted.words if word.telling and word.stem in stated.stems]


def _plain(word: Word) -> bool:
    return word.telling and word.text.islower()


def _thought_of(quoted: Facts, word: Word, stated: Facts) -> bool:
    """Whether a modal stands in its clause, or "to" right before it, that is not asked."""
    asked = {one.text.lower() for one in stated.words}
    place = quoted.words.index(word)
    clause = {one.text for one in quoted.words if one.clause == word.clause}  # "May" is a month
    before = [one.text.lower() for one in quoted.words[max(0, place - 2) : place]]
    return bool((clause & _MODALS) - asked) or ("to" in before[-1:] or before == ["to", "be"])
