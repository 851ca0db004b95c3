"""A question that is only the rest of one: "Why?", "And in 2020?", "What about Venn?"."""

from __future__ import annotations

import re

from qa.answering.understanding.mentions import mentions
from qa.answering.understanding.slots import added
from qa.answering.understanding.talk import Talk
from qa.language.words import FUNCTION_WORDS

_ALONE = re.compile(
    r"(?:(?:and|but|so|or|ok|okay),?\s+)*"
    r"(?P<word>(?:since |until )?when|where|why|how come|how(?! \w+ )(?: so)?|who|whom|how many"
    r"|how much|how long|how often)(?:\s+(?:exactly|not|then))?",
    re.IGNORECASE,
)
_ELSE = re.compile(r"(?:(?:and|but|so),?\s+)*(?:what|who|where) else", re.I)
_WITH = re.compile(
    r"(?:(?:and|or|but|so),?\s+)?(?:(?:what|how) about|and|or|but)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_AUXILIARIES = "is are was were do does did has have had can could will would should".split()
_FIRST = re.compile(rf"(?P<asked>.*?\b)(?P<aux>{'|'.join(_AUXILIARIES)})\b(?P<rest>.*)", re.I)
_CIRCUMSTANCE = re.compile(r"(?:when|where|why|how)\b(?! (?:many|much)\b)", re.IGNORECASE)
_SUBJECT = re.compile(r"\s+(?:the |an? |this |his |her |its |their |[^\W\d_a-z]|\d)")
_NAMED = re.compile(r"\s+(?:[^\W\d_a-z][\w.’'-]*\s+|(?:of|the|and)\s+(?=[^\W\d_a-z]))+[\w’'-]+")
_WHOSE = re.compile(r"(?:how (?:many|much)|which|what|whose|who|whom)\b\s*", re.IGNORECASE)
_PREPOSITIONS = frozenset("in on at for from to by with during after before since under".split())
_YEAR = re.compile(
    r"(?:1\d|20)\d\d|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber"
)
_ASIDE = frozenset("when where why how who what which whose do does did is are was were".split())
_SHORT = 8  # words of an answer that can stand within a question


def completed(question: str, talk: Talk) -> str:
    """`question` with the rest of the last one; "" where it has all its parts."""
    last = talk.last.strip()
    if "?" not in last:
        return ""
    bare = question.strip().rstrip("?.! ")
    if alone := _ALONE.fullmatch(bare):
        word = alone["word"].lower()
        return _asked_anew(word, last, talk) or f"{word.capitalize()}? {last}"
    if _ELSE.fullmatch(bare):
        return re.sub(r"\b(what|who|where)\b(?! else)", r"\1 else", last, count=1, flags=re.I)
    carried = _WITH.fullmatch(bare)
    if carried and not _ASIDE & set(carried["rest"].lower().split()):
        return _swapped(carried["rest"], last)
    return ""


def _asked_anew(word: str, last: str, talk: Talk) -> str:
    """The last question with `word` for what it asked: "When?" of "Who met Alder?"."""
    if not _CIRCUMSTANCE.match(word.removeprefix("since ").removeprefix("until ")):
        return ""
    opening = word.capitalize()
    found = _FIRST.match(last)
    asked = found["asked"].strip() if found else ""
    if found and not asked:  # "Did Alder resign?"
        return f"{opening} {last[0].lower()}{last[1:]}"
    if found and _CIRCUMSTANCE.match(asked):
        return f"{opening} {found['aux']}{found['rest']}"
    if not _WHOSE.match(last):
        return ""
    who = _WHOSE.sub("", asked, count=1) if found else ""
    if who and not last.lower().startswith("how"):
        who = _answer(talk) or f"the {who}"
    if found and _SUBJECT.match(found["rest"]):
        meant = who or ("" if found["aux"] in {"is", "are", "was", "were"} else _answer(talk))
        return f"{opening} {found['aux']}{_with_object(found['rest'], meant)}"
    if found and len(asked.split()) <= 4:
        return f"{opening} {found['aux']} {who or _answer(talk) or 'that'}{found['rest']}"
    subject, _, rest = _WHOSE.sub("", last, count=1).partition(" ")
    if re.match(r"who\b", last, re.IGNORECASE):
        subject, rest = _answer(talk) or "somebody", _WHOSE.sub("", last, count=1)
    return f"{opening} was it that {subject} {rest}"


def _with_object(rest: str, meant: str) -> str:
    """`meant` behind the verb, where a name shows which word that is."""
    named = _NAMED.match(rest)
    if not named or not meant:
        return rest
    return f"{named.group()} {meant}{rest[named.end() :]}"


def _answer(talk: Talk) -> str:
    """What the last answer named, if it did so in a few words or in its opening ones."""
    answer = next((one for one in reversed(talk.utterances) if not one.asks), None)
    if answer is None or answer.ago:
        return ""
    whole = [mention.text for mention in answer.mentions if mention.whole]
    asked = set(talk.last.lower().split())
    names = [
        mention.text
        for mention in answer.mentions
        if mention.name and not mention.words & {word.strip("?.,") for word in asked}
    ]
    return next((text for text in [*whole, *names] if len(text.split()) <= _SHORT), "")


def _swapped(new: str, last: str) -> str:
    """The last question with `new` for what is like it, or behind it; "" where it fits nowhere."""
    first = new.split(maxsplit=1)[0].lower()
    if first in _PREPOSITIONS:
        alike = re.search(
            rf"\b{first}\s+(?:the\s+)?\w[\w’'-]*(?:\s+[^\W\d_a-z][\w’'-]*)*",
            last[1:],
            re.IGNORECASE,
        )
        if alike and bool(_YEAR.search(alike.group())) == bool(_YEAR.search(new)):
            return last[: alike.start() + 1] + new + last[alike.end() + 1 :]
        return added(last, new)
    if dated := _YEAR.search(last):
        if _YEAR.fullmatch(new):
            return last[: dated.start()] + new + last[dated.end() :]
    elif _YEAR.fullmatch(new):
        return added(last, f"in {new}")
    named = [mention.text for mention in mentions(last) if mention.name]
    capital = new[0].isupper() and new.split(maxsplit=1)[0].lower() not in FUNCTION_WORDS
    if capital and named:
        return re.sub(rf"\b{re.escape(named[0])}\b", lambda _: new, last, count=1)
    return ""
