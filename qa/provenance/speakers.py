"""Whose words a sentence gives, where it or its neighbours name who speaks.

A name counts where it is the subject of a verb of saying, or stands behind "according to"; words
inside quotation marks are what is said, never who says it. Where nobody is named, nobody speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.articles.sentences import Span, sentence_spans
from qa.language.names import Name, find_names, is_title
from qa.language.roles import ROLES

_SAYS = (
    r"(?:sa(?:id|ys?)|told|tells|add(?:ed|s)|wr(?:ote|ites)|tweeted|posted|warn(?:ed|s)"
    r"|insist(?:ed|s)|argue[ds]|claim(?:ed|s)|announce[ds]|state[ds]|explain(?:ed|s)|note[ds]"
    r"|stress(?:ed|es)|emphasi[sz]e[ds]|admit(?:ted|s)|den(?:ied|ies)|confirm(?:ed|s)"
    r"|repl(?:ied|ies)|demand(?:ed|s)|urge[ds]|promise[ds]|pledge[ds]|vow(?:ed|s)|declare[ds]"
    r"|predict(?:ed|s)|recall(?:ed|s)|reckon(?:ed|s)|th(?:ought|inks)|believe[ds]|estimate[ds]"
    r"|conclude[ds]|acknowledge[ds]|suggest(?:ed|s)|complain(?:ed|s)|accuse[ds]|joke[ds]"
    r"|laugh(?:ed|s)|describe[ds]|quipped|called(?= (?:it|this|that|them|him|her)\b| \0))"
)
_ADVERBS = r"(?:(?:had|has|have|also|later|then|once|again|earlier|still|now|had to)\s+){0,2}"
_OF = r"(?: (?:of|from|at|for) [^,;.]{1,60}?)?"
_ASIDE = r"(?:,[^;\0]{1,160}?,)?"
_SUBJECT = re.compile(rf"{_OF}{_ASIDE}\s{{1,3}}{_ADVERBS}(?:{_SAYS}|had to say)\b")
# "Its director, Zoe Marr, confirmed": the name stands beside what its bearer is.
_BESIDE = re.compile(r"[a-z],\s+\Z")
_CLOSED = re.compile(rf",\s+{_ADVERBS}{_SAYS}\b")
_OWNERS = re.compile(r"(?<![\w’'])[A-Z][\w-]*s[’'] \Z")  # the Seafarers' Union
# With the capital of a sentence's first word: "Witnesses", "Police" are no names.
_NOBODY = re.compile(
    r"\w{1,30}s|Police|Staff|Management|People|\w{1,30}(?:one|body)|None|Neither|Both|Others"
)
# Behind a quotation or a comma: `," warned the head of the office, Leo Strand`.
_INVERTED = re.compile(
    rf"[\0,]\s*(?!told){_SAYS}\s+(?:[^.;\0]{{0,80}},\s+|(?:(?!that\b)[a-z’'-]+\s+){{0,5}})\Z"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to (?:(?!(?:of|by|for|in|from|at)\b)[a-z’'-]+\s+){0,5}\Z")
_OWNS = re.compile(r"[’']s\b")
_GOVERNED = re.compile(
    r"\b(?:of|in|for|at|from|by|with|to|near|on|as|about|against|told|met)\s+(?:the\s+)?\Z"
)
_STANDS_FOR = re.compile(
    rf"\b(?:[Hh]e|[Ss]he|[Tt]he (?P<role>{'|'.join(sorted(ROLES))}))\s+{_ADVERBS}{_SAYS}\b"
)
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|\A[^\"“”]*”")
_OCCASION = re.compile(
    r"\bon (?:X|Twitter|Facebook|Telegram|Instagram|Bluesky|Mastodon|YouTube"
    r"|(?:the |state |local |national )?(?:television|radio))\b"
)
_NEAR = 160  # characters before a name that say what it does in the sentence
_PARAGRAPH = 4_000  # characters of one that are looked into
_FAR = 30_000  # characters before a sentence in which a name may have been given in full
_BACK = 3  # sentences in which somebody must have been named who is then "she"


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says it, and where: "Josep Borrell", "on X". Empty where nobody is named."""

    speaker: str = ""
    occasion: str = ""


def speech(text: str, start: int, end: int) -> Speech:
    """Who says `text[start:end]`, whole sentences of an article."""
    low = max(text.rfind("\n", 0, start) + 1, start - _PARAGRAPH)
    spans = sentence_spans(text[low:end])
    before = [(low + a, low + b) for a, b in spans if low + b <= start]
    inside = _within_quotation(text[low:start])
    told = _Sentence(text, start, end, inside)
    speaker = told.named() or (told.leans() and _meant(text, before)) or ""
    if not speaker and told.is_quotation():
        told, speaker = _continued(text, low, before)
    if not speaker:
        return Speech()
    found = _OCCASION.search(told.outside)
    return Speech(_in_full(speaker, text, start), found[0] if found else "")


class _Sentence:
    """A sentence with its quotations blanked out: every character of one is `\\0`."""

    def __init__(self, text: str, start: int, end: int, inside: bool = False) -> None:
        self.text, self.start = text, start
        said = text[start:end]
        if inside:
            close = re.search(r"[\"”]", said)
            place = close.end() if close else len(said)
            said = "\0" * place + said[place:]
        self.outside = _QUOTED.sub(lambda match: "\0" * len(match[0]), said)
        self.names = find_names(self.outside)

    def named(self) -> str:
        """Who is named as speaking; "" if nobody is."""
        return next(self._speakers(), "")

    def _speakers(self) -> Iterator[str]:
        for name in self.names:
            before = self.outside[max(0, name.start - _NEAR) : name.start]
            if (
                (_ACCORDING.search(before) and not _OWNS.match(self.outside, name.end))
                or (not _GOVERNED.search(before) and _SUBJECT.match(self.outside, name.end))
                or (_BESIDE.search(before) and _CLOSED.match(self.outside, name.end))
                or _INVERTED.search(before)
            ) and (bare := self._called(name, before)):
                yield bare

    def _called(self, name: Name, before: str) -> str:
        """The name whole; "" for a word that owes its capital to the sentence it opens."""
        owners = _OWNERS.search(before)
        bare = f"{owners[0] if owners else ''}{_bare(name)}"
        return bare if name.sure or not _NOBODY.fullmatch(bare) or self._elsewhere(name) else ""

    def _elsewhere(self, name: Name) -> bool:
        """Whether the article writes the word with a capital where it need not."""
        pattern = rf"[a-z0-9,] (?:[A-Z][\w.’'-]* ){{0,3}}{re.escape(name.text)}\b"
        return bool(re.search(pattern, _around(self.text, self.start)))

    def leans(self) -> bool:
        """Whether "she" speaks, or "the minister"."""
        return bool(_STANDS_FOR.search(self.outside))

    def is_quotation(self) -> bool:
        """Whether nothing stands outside its quotation marks."""
        return not any(character.isalnum() for character in self.outside)

    def subject(self) -> str:
        """The person that it opens with, by a full name or with a title; "" if it does not."""
        for name in self.names[:1]:
            opens = not re.search(r"[a-z]{2} ?,? ?\Z", self.outside[: name.start])
            bare = _bare(name)
            full = _in_full(bare, self.text, self.start)
            person = len(full.split()) > 1 or _is_title(name.words[0])
            if (opens or _titled(self.outside[: name.start])) and person:
                return bare
        return ""


def _within_quotation(before: str) -> bool:
    """Whether a quotation is open where `before` ends."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _continued(text: str, low: int, before: list[Span]) -> tuple[_Sentence, str]:
    """The sentence of the paragraph that says who speaks on, and who that is."""
    for start, end in reversed(before):
        told = _Sentence(text, start, end, _within_quotation(text[low:start]))
        earlier = [span for span in before if span[1] <= start]
        speaker = told.named() or (told.leans() and _meant(text, earlier))
        if speaker or not told.is_quotation():
            return told, speaker or ""
    return _Sentence(text, low, low), ""


def _meant(text: str, before: list[Span]) -> str:
    """Whom "she" means: who spoke last, or whom a sentence shortly before is about."""
    for start, end in reversed(before[-_BACK:]):
        told = _Sentence(text, start, end)
        if found := told.named() or told.subject():
            return found
    return ""


def _titled(before: str) -> bool:
    """Whether what stands before a name is nothing but what its bearer is."""
    words = before.split()
    return 0 < len(words) <= 5 and words[-1].lower() in ROLES


def _is_title(word: str) -> bool:
    return is_title(word) or is_title(word.removesuffix("s"))


def _bare(name: Name) -> str:
    """A name without the titles before it and what it is of: "Otto Prent" of Mayor Otto Prent."""
    words = list(name.words)
    titles = [place for place, word in enumerate(words) if _is_title(word)]
    words = words[titles[-1] + 1 :] if titles else words
    if words[:1] == ["of"] and len(words) > 2:  # the Secretary of State, Ida Marr
        words = words[2:]
    if "of" in words[2:]:
        words = words[: words.index("of", 2)]
    return " ".join(words)


def _around(text: str, start: int) -> str:
    return text[max(0, start - _FAR) : start + _PARAGRAPH]


def _full_of(speaker: str, name: str) -> bool:
    """Whether it is the last name of a name; or the first, as in Choe Son Hui and Cho Tae-yul."""
    first = len(name.split()) > 2 or "-" in name
    return name.endswith(f" {speaker}") or (first and name.startswith(f"{speaker} "))


def _in_full(speaker: str, text: str, start: int) -> str:
    """The full name that an article gives with this last one, the nearest before it."""
    if " " in speaker:
        return speaker
    full = [
        (name.start, bare)
        for name in find_names(_around(text, start))
        if _full_of(speaker, bare := _bare(name)) and bare[0].isupper()
    ]
    earlier = [bare for place, bare in full if place < min(start, _FAR)]
    return earlier[-1] if earlier else full[0][1] if full else speaker
