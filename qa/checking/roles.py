"""Who did what to whom: whether the doer of a sentence is the one to whom its quote has it done.

Without a parser: a verb that both texts use, and the words just before it, which name the doer;
"was … by" turns them round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.checking.facts import Facts, Word
from qa.checking.fault import Fault

_PASSIVE = frozenset("was were is are be been being".split())
_DOER = 3  # how many telling words before a verb name its doer
_VERBS = frozenset("told gave give gives given made".split())  # among the function words
_PRONOUNS = frozenset("he she it they we i you who that which".split())
_NOUNS_FOLLOW = frozenset(
    "a an the its his her their our my this that these those in on at of for from by with into "
    "under over after before".split()
)
_INVERTED = re.compile(r"[”\"]\s*$")  # "…," warned Mr. Dale


def role_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    """The first verb whose doer in one text is the done-to in the other."""
    verbs = _verbs(stated)
    for facts in quoted:
        others = _verbs(facts)
        for stem in verbs.keys() & others.keys():
            if who := _swapped(stated, verbs[stem], facts, others[stem]):
                verb = verbs[stem].text
                reason = f"“{who}” stands on the other side of “{verb}” in the quote"
                yield Fault("role", "contradicted", reason)
                return


def _swapped(stated: Facts, verb: Word, facts: Facts, other: Word) -> str:
    """The doer of either text that is the done-to in the other one, as written."""
    here, there = _Around(stated, verb), _Around(facts, other)
    if _passive(stated, verb) != _passive(facts, other):
        return ""
    if not (here.after and there.after):
        return ""
    return here.only_after(there) or there.only_after(here)


class _Around:
    """What stands before and after a verb."""

    def __init__(self, facts: Facts, verb: Word) -> None:
        telling = [w for w in facts.words if w.telling and w.stem != verb.stem and w.text.isalpha()]
        before = [w for w in telling if w.end <= verb.start]
        self.doers = _doers(facts, verb, before)
        self._before = {w.stem for w in before}
        self.after = {w.stem for w in telling if w.start >= verb.end}

    def only_after(self, other: _Around) -> str:
        """A doer's words if most of them stand after `other`'s verb, and none before it."""
        for doer in self.doers:
            stems = {w.stem for w in doer}
            moved = stems & other.after
            if moved and 2 * len(moved) >= len(stems) and not stems & other._before:
                return " ".join(w.text for w in doer if w.stem in moved)
        return ""


def _doers(facts: Facts, verb: Word, before: list[Word]) -> list[list[Word]]:
    """The words that may name the doer; none where it is a pronoun or follows the verb.

    Past a comma it is what opens the sentence, or what stands in apposition to it.
    """
    place = facts.words.index(verb)
    lead = {w.text.lower() for w in facts.words[max(0, place - 2) : place]}
    if not before or lead & _PRONOUNS or _INVERTED.search(facts.text[: verb.start][-3:]):
        return []
    if close := [w for w in before if w.clause == verb.clause]:
        return [close[-_DOER:]]
    return [[w for w in before if w.clause == before[0].clause][:_DOER], before[-_DOER:]]


def _verbs(facts: Facts) -> dict[str, Word]:
    """Words that may be verbs, the first of each stem: in no name, after no article or number."""
    named = {place for one in facts.names for place in range(one.start, one.end)}
    named |= {place for one in facts.numbers for place in range(one.start, one.end)}
    counted = {number.end for number in facts.numbers}
    found: dict[str, Word] = {}
    for before, word in zip((None, *facts.words), facts.words, strict=False):
        led = before is not None and (
            before.text.lower() in _NOUNS_FOLLOW
            or (before.end in counted and facts.text[before.end : word.start].isspace())
        )
        verbal = word.text.islower() and (word.telling or word.text in _VERBS)
        if verbal and not led and word.start not in named:
            found.setdefault(word.stem, word)
    return found


def _passive(facts: Facts, verb: Word) -> bool:
    place = facts.words.index(verb)
    lead = {w.text.lower() for w in facts.words[max(0, place - 3) : place]}
    after = {w.text.lower() for w in facts.words[place + 1 : place + 4]}
    return verb.text.endswith(("d", "n", "t")) and (bool(_PASSIVE & lead) or "by" in after)
