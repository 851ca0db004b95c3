"""Who somebody is: the title before a name, or the apposition after it.

"Who is Ada Renner?" asks for what the articles call her. A span reader takes "who" for another
person in the sentence, so the wording around the name answers instead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.answering.evidence import Evidence

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

# How often such a description is right; read off the development articles.
_PROBABILITY = 0.9
_ASKED = re.compile(
    r"who(?: (?:is|was|exactly is)|['’]s) "
    r"(?P<name>[\w’'.-]+(?: (?:(?:de|del|der|van|von|da|di|bin|al|el) )*[\w’'.-]+){0,3}?)"
    r" ?\?? ?(?:\([^)]*\))?",  # in brackets, what a conversation was about
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "he she it they this that there the a an his her their its my your our in at on of for".split()
)
_ROLE = (
    r"(?i:president|minister|premier|chancellor|secretary|ambassador|envoy|diplomat|leader|ruler"
    r"|dictator|king|queen|prince|princess|pope|bishop|imam|chief|head|chair(?:man|woman|person)?"
    r"|director|executive|officer|manager|founder|owner|governor|mayor|senator|lawmaker|deputy"
    r"|representative|commissioner|councillor|councilor|candidate|spokes(?:man|woman|person)"
    r"|general|admiral|colonel|major|captain|lieutenant|sergeant|commander|judge|justice"
    r"|prosecutor|attorney|lawyer|professor|researcher|scientist|historian|economist|analyst"
    r"|expert|engineer|doctor|nurse|surgeon|teacher|principal|coach|striker|goalkeeper|player"
    r"|actor|actress|singer|author|writer|poet|artist|journalist|reporter|editor|photographer"
    r"|farmer|fisherman|activist|curator|conductor|composer|inspector|detective|sheriff)"
)
_DAY = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:On|In|At|By|For|From|With|But|And|As)\b)"
)
_CAPITAL = rf"{_DAY}[A-Z][\w’'&.-]*"
_KIND = (
    r"(?:former|current|acting|interim|deputy|vice|foreign|prime|defen[cs]e|interior|finance|chief"
    r"|senior|then|opposition|party|police|military|state|national)"
)
_NO_LINK = r"(?!(?:of|and|or|but|by|with|to|from|for|as|at|in|on|when|that|than)\b)"
_MANNER = (
    _NO_LINK
    + r"(?!(?:said|says|told|asked|met|saw|named|called|beat|beaten|against|replaced|joined)\b)"
    r"[a-z-]+\s+"
)
_TITLE = (
    rf"(?:(?i:the|a|an|its|their|his|her)\s+(?:{_NO_LINK}[\w’'-]+\s+){{0,5}}?"
    rf"|(?:(?:{_CAPITAL}|{_KIND})\s+)*(?:{_MANNER})?)"
    rf"{_ROLE}(?:\s+of\s+(?:the\s+)?(?:{_CAPITAL})(?:\s+{_CAPITAL})*)?"
)
_REPORTS = r"(?![^,]*\b(?:said|says|told|reports|reported|announced|wrote|added)\b)"
_AFTER = (
    _REPORTS + r"(?:(?:the|a|an|its|their|his|her|who\s+(?:is|was))\b"
    r"|(?:[A-Z][\w’'-]*\s+){0,3}[A-Z][\w-]*['’]s?\s)"
)


def evidence(question: str, passages: Sequence[TextNode], read: list[Evidence]) -> list[Evidence]:
    """What the passages call the person asked for; `read` as it is where another thing is asked."""
    name = asked(question)
    if not name or not _is_name(name, passages):
        return read
    return descriptions(name, passages) or _naming(name, read)


def asked(question: str) -> str:
    """The name in "Who is NAME?"; empty where something else is asked."""
    match = _ASKED.fullmatch(" ".join(question.split()))
    words = match["name"].split() if match else []
    return match["name"] if match and not {word.lower() for word in words} & _NO_NAME else ""


def descriptions(name: str, passages: Sequence[TextNode]) -> list[Evidence]:
    """The sentences that say who `name` is, what they call them as the short answer.

    What most sentences say comes first, and of two as common the longer.
    """
    found = [one for passage in passages for one in _described(name, passage)]
    votes = Counter(_plain(one.short) for one in found)
    return sorted(found, key=lambda one: (-votes[_plain(one.short)], -len(one.short.split())))


def _plain(short: str) -> str:
    return short.lower().removeprefix("the ")


def _is_name(name: str, passages: Sequence[TextNode]) -> bool:
    """Whether it is written with capitals, in the question or in what was found."""
    spelled = re.compile(rf"\b(?i:{re.escape(name)})\b")
    written = [name, *(m[0] for one in passages for m in spelled.finditer(one.text))]
    return any(one[0].isupper() for one in written)


def _naming(name: str, read: Sequence[Evidence]) -> list[Evidence]:
    """What names them, without a short answer: that would be somebody else."""
    spelled = re.compile(rf"\b(?i:{re.escape(name)})\b")
    return [replace(one, short="") for one in read if spelled.search(one.text)]


def _described(name: str, passage: TextNode) -> Iterator[Evidence]:
    shift = passage.start_char_idx or 0
    for start, end in passage.metadata["sentences"]:
        sentence = passage.text[max(0, start - shift) : end - shift]
        if start >= shift and (short := description(name, sentence)):
            yield Evidence(
                passage.metadata["article_id"], start, end, sentence, short, _PROBABILITY
            )


def description(name: str, sentence: str) -> str:
    """What `sentence` calls `name`; empty if nothing."""
    spelled = rf"(?:[A-Z][\w’'.-]*\s+){{0,2}}?\b(?i:{re.escape(name)})\b(?![’'-]\w)"
    after = re.search(
        rf"{spelled},\s+(?P<is>{_AFTER}[^,;:.()]{{3,90}})(?:[,;]|\.?\s*$)"
        rf"|{spelled}\s+(?:is|was|became)\s+(?P<said>(?:the|a|an)\s[^,;:.()]{{3,90}})",
        sentence,
    )
    if after:
        return re.sub(r"^who\s+(?:is|was)\s+", "", after["is"] or after["said"]).strip()
    before = re.search(rf"(?<![\w’'-])(?P<title>{_TITLE}),?\s+{spelled}", sentence)
    return before["title"] if before else ""
