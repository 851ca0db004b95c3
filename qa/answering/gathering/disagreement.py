"""What the articles answer beside the likeliest answer, and cannot both be right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answering.gathering.changes import changed
from qa.answering.gathering.claims import Claim, claims, decided, grouped
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.matter import same_matter
from qa.answering.gathering.readings import readings
from qa.answering.question import Question
from qa.checking.checker import Checker
from qa.checking.statements import statement_of
from qa.language.values import rival, same_value
from qa.reader.sentence_reader import Encode
from qa.records import Article, Relation

# How likely another article's answer must be beside the best one. Chosen on the development cases.
_FLOOR = 0.6
_STANCE_FLOOR = 0.5  # the same where yes or no is asked: what a sentence says is checked


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
    checker: Checker,
) -> Disagreement | None:
    """The values that articles give; None where they agree, or where several may be right at once.

    Args:
        question: as understood.
        evidence: all that may answer, the losers too, the likeliest answer first.
        article: the article with an id.
        encode: texts to vectors of length one.
        checker: tells whether a sentence says yes or no.
    """
    fact, asked = question.fact, question.standalone
    if not evidence or fact.several or fact.person:
        return None
    if fact.yes_or_no:
        found = _decided(asked, evidence, article, checker)
        against = [one for one in found if one.told != found[0].told]
    else:
        found = _valued(evidence, article)
        against = [one for one in found[1:] if rival(found[0].told, one.told, fact.kind)]
    against = [one for one in against if same_matter(asked, found[0], one, encode)]
    if not against:
        return None
    best = found[0]
    agreeing = [one for one in found if same_value(best.told, one.told, fact.kind)]
    groups = grouped([*agreeing, *against], fact.kind)
    return _of_two_things(question, groups) or Disagreement(
        "update" if all(changed(best, one) for one in against) else "contradiction",
        tuple(map(Side, groups)),
    )


def _valued(evidence: Sequence[Evidence], article: Callable[[str], Article]) -> list[Claim]:
    """The claims, that of the likeliest answer first; none where that is a sentence alone."""
    first, *others = evidence
    others.sort(key=lambda one: -one.probability)
    found = claims([first, *others], article, _FLOOR * first.probability)
    return found if found and found[0].evidence is first else []


def _decided(
    asked: str, evidence: Sequence[Evidence], article: Callable[[str], Article], checker: Checker
) -> list[Claim]:
    """The articles that say yes or no, the likeliest first."""
    if statement_of(asked) is None:
        return []
    floor = _STANCE_FLOOR * evidence[0].probability
    return decided(asked, [one for one in evidence if one.probability >= floor], article, checker)


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
