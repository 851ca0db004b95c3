"""A conversation so far: what was named in it, by whom, how long ago."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from qa.answering.understanding.mentions import Mention, lowered, mentions
from qa.language.kinds import Kind, kind_of
from qa.language.uses import Use, used_as

_SEVERAL = re.compile(r"[^s']s | and |people |men |women |children ")
_REMEMBERED = 8  # utterances; older ones but the first are forgotten

Telling = Callable[[str], Sequence[str]]  # a name → texts of the articles that say it


@dataclass(frozen=True, slots=True)
class Utterance:
    """A question as it was understood, or an answer."""

    asks: bool
    text: str
    mentions: tuple[Mention, ...]
    ago: int  # questions since: 0 for the last question and its answer
    opens: bool  # nothing was said before it
    to: Kind = Kind.OTHER  # of an answer: the kind of question that it answers


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that was named: what a follow-up may mean."""

    text: str
    words: frozenset[str]
    seen: tuple[tuple[Utterance, Mention], ...]
    chosen: tuple[tuple[int, str], ...] = ()  # questions since, and what stood for it: "he"

    @property
    def name(self) -> bool:
        """Whether it has its capital wherever it stands, not for the sentence that it opens."""
        named = [mention for _, mention in self.seen if mention.name]
        plain = any(mention.text.islower() for _, mention in self.seen)
        return bool(named) and not (plain and all(mention.opens for mention in named))

    @property
    def firm(self) -> bool:
        """Whether it is surely one thing: a name, a noun with its article, a whole answer."""
        return any(one.name or one.determined or one.whole for _, one in self.seen)

    @property
    def several(self) -> bool:
        """Whether it looks like more than one."""
        return bool(_SEVERAL.search(f"{self.text} "))

    @property
    def placed(self) -> bool:
        return any(mention.placed for _, mention in self.seen)

    @property
    def asked(self) -> bool:
        return any(utterance.asks for utterance, _ in self.seen)

    @property
    def recent(self) -> bool:
        return any(utterance.ago == 0 for utterance, _ in self.seen)


@dataclass(frozen=True, slots=True, eq=False)
class Talk:
    """What a follow-up can lean on."""

    utterances: tuple[Utterance, ...]
    candidates: tuple[Candidate, ...]
    last: str  # the last question, made to stand alone
    last_kind: Kind
    words: frozenset[str] = field(default=frozenset())  # all that were said
    use: Callable[[str], Use | None] = lambda _: None  # what a name is used for

    @property
    def titled(self) -> bool:
        """Whether it opens with a topic, and not with a question."""
        return any(mention.whole for mention in self.utterances[0].mentions)


Chosen = Sequence[tuple[int, str, str]]  # which question, what stood for it, what was meant


def nothing_told(_: str) -> Sequence[str]:
    """What the articles tell of a name where there are none."""
    return ()


def talk_of(
    said: Sequence[tuple[bool, str]], chosen: Chosen = (), telling: Telling = nothing_told
) -> Talk:
    """What was named in `said`: whether it was asked, and its text, oldest first."""
    total = sum(asks for asks, _ in said)
    first = said[:1] if len(said) > _REMEMBERED else []
    kept = [*first, *said[-_REMEMBERED:]]
    number = total - sum(asks for asks, _ in said[-_REMEMBERED:])
    utterances: list[Utterance] = []
    to = Kind.OTHER
    for place, (asks, text) in enumerate(kept):
        if place >= len(first):
            number += asks
        ago = max(total - max(number, 1), 0) if place >= len(first) else total - 1
        to = kind_of(text) if asks else to
        utterances.append(Utterance(asks, text, mentions(text), ago, place == 0, to))
    asked = [one.text for one in utterances if one.asks]
    last = asked[-1] if asked else ""
    return Talk(
        tuple(utterances),
        tuple(_candidates(utterances, chosen, total)),
        last,
        kind_of(last),
        frozenset().union(*(lowered(one.text) for one in utterances)),
        cache(lambda name: _use(name.removeprefix("the "), [text for _, text in kept], telling)),
    )


def _use(name: str, said: list[str], telling: Telling) -> Use | None:
    return used_as(name, [*said, *telling(name)])


def _candidates(utterances: Sequence[Utterance], chosen: Chosen, total: int) -> list[Candidate]:
    seen: dict[frozenset[str], list[tuple[Utterance, Mention]]] = {}
    for utterance in utterances:
        for mention in utterance.mentions:
            if not (utterance.asks or mention.name or mention.whole or mention.determined):
                continue  # of a long answer's phrases, those that are surely one
            seen.setdefault(mention.words, []).append((utterance, mention))
    meant: dict[frozenset[str], list[tuple[int, str]]] = {}
    for number, piece, text in chosen:
        meant.setdefault(lowered(text), []).append((total - number, piece))
    return [
        Candidate(_called(where), known, tuple(where), tuple(meant.get(known, ())))
        for known, where in seen.items()
    ]


def _called(seen: Sequence[tuple[Utterance, Mention]]) -> str:
    """Its fullest form; with "the" where it mostly stood with one."""
    text = max((mention.text for _, mention in seen), key=len)
    if any(mention.name for _, mention in seen):
        definite = 2 * sum(mention.before == "the" for _, mention in seen) > len(seen)
    else:
        definite = any(mention.determined for _, mention in seen)
    return f"the {text}" if definite and not text.startswith("The ") else text
