"""Equal short answers joined: several passages that say the same are better evidence than one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.likelihood import probability
from qa.answering.gathering.sameness import same_answer


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
    findings = [
        Finding(group[0].short, tuple(group), probability(one_an_article(group)))
        for group in groups
    ]
    return sorted(findings, key=lambda finding: -finding.probability)


def one_an_article(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each article: an article does not confirm itself."""
    first: dict[str, Evidence] = {}
    for one in evidence:
        first.setdefault(one.article_id, one)
    return list(first.values())
