"""How much of a sentence its quotes say in the same words, and which part they leave out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from qa.checking.facts import Facts, Word
from qa.checking.fault import Fault
from qa.checking.values import SMALL
from qa.language.words import stem, words

_SAID = 0.7  # of a part's words, from which on the quotes say it


def coverage(stated: Facts, quoted: Sequence[Facts]) -> float:
    """The share of the sentence's telling words that stand in the quotes, 0 to 1."""
    telling = [word for word in stated.words if word.telling]
    left = left_out(stated, quoted)
    return 1 - len(left) / len(telling) if telling else 1.0


def part_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    """Parts of which the quotes say nothing, where they say another part of the sentence."""
    left = set(left_out(stated, quoted))
    parts: dict[int, list[Word]] = defaultdict(list)
    for word in stated.words:
        if word.telling:
            parts[word.clause].append(word)
    if not any(_said(stated, part, left) for part in parts.values()):
        return
    for part in parts.values():
        # Whether a part with a value is carried, its value tells.
        if all(word in left for word in part):
            missing = stated.text[part[0].start : part[-1].end]
            yield Fault("part", "partly", f"“{missing}” is not in the quote")


def left_out(stated: Facts, quoted: Sequence[Facts]) -> list[Word]:
    """The telling words that no quote has; whether a value is carried, `values.py` says."""
    known = {s for facts in quoted for s in facts.stems}
    known |= {stem(word) for facts in quoted for word in words(facts.context)}
    return [
        word
        for word in stated.words
        if word.telling and word.stem not in known and not _in_value(stated, word)
    ]


def _said(stated: Facts, part: list[Word], left: set[Word]) -> bool:
    """Whether the quotes say this part, and it is more than a value or who said it."""
    plain = [word for word in part if not _in_value(stated, word)]
    carried = [word for word in plain if word not in left]
    named = [(name.start, name.end) for name in stated.names]
    nameless = [w for w in carried if not any(a <= w.start < b for a, b in named)]
    return len(carried) > 1 and len(carried) >= _SAID * len(plain) and bool(nameless)


def _in_value(facts: Facts, word: Word) -> bool:
    counts = [n for n in facts.numbers if facts.text[n.start : n.end].lower() not in SMALL]
    spans = [(one.start, one.end) for one in counts]
    spans += [(one.start, one.end) for one in facts.dates]
    spans += [(one.start, one.end) for one in facts.clocks]
    return any(start <= word.start < end for start, end in spans)
