"""Equal short answers joined: several passages that say the same are better evidence than one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.likelihood import probability
from qa.language.kinds import Kind
from qa.language.values import Told, same_value, told


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer and the sentences that give it, the likeliest first."""

    short: str
    evidence: tuple[Evidence, ...]
    probability: float


def join(
    evidence: Sequence[Evidence], kind: Kind, published: Callable[[str], date | None]
) -> list[Finding]:
    """Group evidence by what it answers; the likeliest finding first.

    Args:
        evidence: the likeliest first.
        kind: what the question asks for.
        published: when the article with an id was; "Wednesday" is told by it.
    """
    groups: list[tuple[Told, list[Evidence]]] = []
    for one in evidence:
        value = told(one.short, one.text, published(one.article_id))
        same = (group for first, group in groups if one.short and same_value(first, value, kind))
        group = next(same, None)
        if group is None:
            groups.append((value, [one]))
        else:
            group.append(one)
    findings = [
        Finding(group[0].short, tuple(group), probability(one_a_source(group)))
        for _, group in groups
    ]
    return sorted(findings, key=lambda finding: -finding.probability)


def one_a_source(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each source: neither an article nor its reprint confirms it."""
    first: dict[str, Evidence] = {}
    for one in evidence:
        first.setdefault(one.source or one.article_id, one)
    return list(first.values())
