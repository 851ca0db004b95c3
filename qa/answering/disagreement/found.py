"""From everything that was found to the disagreement in it, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qa.answering.disagreement.claims import Claim, claims, grouped, rivals
from qa.answering.disagreement.matter import Encode, same_matter
from qa.answering.disagreement.relation import relation
from qa.answering.gathering.evidence import Evidence
from qa.language.kinds import Kind
from qa.language.values import same_value
from qa.records import Article, Relation

# How likely another article's answer must be beside the best one. Chosen on the development cases.
_FLOOR = 0.75


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two values or more, each with the articles that give it; the likeliest first."""

    relation: Relation
    values: tuple[tuple[Claim, ...], ...]


def disagreement(
    question: str,
    kind: Kind,
    evidence: Sequence[Evidence],
    article: Callable[[str], Article],
    encode: Encode,
) -> Disagreement | None:
    """What else the articles answer than the likeliest of them does; None where they agree.

    Args:
        question: standing alone; one that asks for one thing, not for a list.
        kind: what it asks for.
        evidence: all that may answer, not only what is said.
        article: the article with an id.
        encode: texts to vectors of length one.
    """
    if not evidence:
        return None
    floor = _FLOOR * max(one.probability for one in evidence)
    found = claims(evidence, article, floor)
    if not found:
        return None
    best = found[0]
    against = [
        one for one in rivals(best, found[1:], kind) if same_matter(question, best, one, encode)
    ]
    if not against:
        return None
    agreeing = [one for one in found if same_value(best.told, one.told, kind)]
    return Disagreement(
        _joined({relation(question, best, one) for one in against}),
        tuple(grouped([*agreeing, *against], kind)),
    )


def _joined(relations: Iterable[Relation]) -> Relation:
    """What several relations to the likeliest value come to."""
    distinct = set(relations)
    return distinct.pop() if len(distinct) == 1 else "contradiction"
