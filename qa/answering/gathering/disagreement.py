"""What the articles answer beside the likeliest answer, and cannot both be right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answering.gathering.changes import changed
from qa.answering.gathering.claims import Claim, claims, grouped, rivals
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.matter import same_matter
from qa.answering.gathering.readings import readings
from qa.answering.question import Question
from qa.language.values import same_value
from qa.reader.sentence_reader import Encode
from qa.records import Article, Relation

# How likely another article's answer must be beside the best one. Chosen on the development cases.
_FLOOR = 0.75


@dataclass(frozen=True, slots=True)
class Side:
    """A value and who gives it, the likeliest first."""

    claims: tuple[Claim, ...]
    reading: str = ""  # which of several things it is of

    @property
    def text(self) -> str:
        """The value, as the likeliest sentence has it."""
        return self.claims[0].told.text

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences that give it, one an article."""
        return tuple(claim.evidence for claim in self.claims)

    @property
    def published(self) -> date:
        """When it was first given; what has no date comes last."""
        return min(claim.article.published or date.max for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sides or more; the likeliest first."""

    relation: Relation
    sides: tuple[Side, ...]


def disagreement(
    question: Question,
    evidence: Sequence[Evidence],
    article: Callable[[str], Article],
    encode: Encode,
) -> Disagreement | None:
    """The values that articles give; None where they agree, or where several may be right at once.

    Args:
        question: as understood.
        evidence: all that may answer, the losers too, the likeliest answer first.
        article: the article with an id.
        encode: texts to vectors of length one.
    """
    fact = question.fact
    if not evidence or fact.several or fact.person:
        return None
    first, *others = evidence
    others.sort(key=lambda one: -one.probability)
    found = claims([first, *others], article, _FLOOR * first.probability)
    if not found or found[0].evidence is not first:
        return None  # a sentence stands alone, without a value
    best = found[0]
    against = [
        one
        for one in rivals(best, found[1:], fact.kind)
        if same_matter(question.standalone, best, one, encode)
    ]
    if not against:
        return None
    agreeing = [one for one in found if same_value(best.told, one.told, fact.kind)]
    groups = grouped([*agreeing, *against], fact.kind)
    return _of_two_things(question, groups) or Disagreement(
        "update" if all(changed(best, one) for one in against) else "contradiction",
        tuple(map(Side, groups)),
    )


def _of_two_things(question: Question, groups: Sequence[tuple[Claim, ...]]) -> Disagreement | None:
    """The sides with what each is of, where every other one is of another thing than the first."""
    first, *others = groups
    told_apart = [readings(question.standalone, first[0], group[0]) for group in others]
    labels = [pair for pair in told_apart if pair]
    if len(labels) < len(others):
        return None
    sides = [Side(first, labels[0][0])]
    sides += [Side(group, theirs) for group, (_, theirs) in zip(others, labels, strict=True)]
    return Disagreement("readings", tuple(sides))
