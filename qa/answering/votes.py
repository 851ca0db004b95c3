"""Equal short answers joined: several passages that say the same are better evidence than one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.evidence import Evidence
from qa.language.words import stem, words

# What a further, independent sentence that says the same takes off the remaining doubt. Chosen on
# the development articles, where a full vote (1.0) made the confidence too high.
_VOTE = 0.5
_LONGER = 5  # words by which one wording of an answer may exceed another
_UNSAID = frozenset(
    "a an the at least about around some nearly almost over more than up to of in on by "
    "mr mrs ms dr president minister".split()
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer and the sentences that give it, the likeliest first."""

    short: str
    evidence: tuple[Evidence, ...]
    probability: float


def join(evidence: Sequence[Evidence]) -> list[Finding]:
    """Group `evidence` (the likeliest first) by what it answers; the likeliest finding first."""
    groups: list[list[Evidence]] = []
    for one in evidence:
        same = next((g for g in groups if one.short and same_answer(g[0].short, one.short)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    findings = [Finding(group[0].short, tuple(group), _probability(group)) for group in groups]
    return sorted(findings, key=lambda finding: -finding.probability)


def same_answer(a: str, b: str) -> bool:
    """Whether one wording holds the other: "3 million" and "at least 3 million rounds"."""
    fewer, more = sorted((_content(a), _content(b)), key=len)
    return bool(fewer) and fewer <= more and len(more) - len(fewer) <= _LONGER


def one_an_article(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each article: an article does not confirm itself."""
    first: dict[str, Evidence] = {}
    for one in evidence:
        first.setdefault(one.article_id, one)
    return list(first.values())


def _content(short: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(short) if word.lower() not in _UNSAID)


def _probability(group: Sequence[Evidence]) -> float:
    best, *others = one_an_article(group)
    doubt = 1 - best.probability
    for one in others:
        doubt *= 1 - _VOTE * one.probability
    return 1 - doubt
