"""What each article answers, and which articles say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qa.answering.gathering.evidence import Evidence
from qa.checking.checker import Checker
from qa.checking.statements import yes_or_no
from qa.language.kinds import Kind
from qa.language.values import Told, same_value, told
from qa.records import Article


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article answers."""

    evidence: Evidence
    article: Article
    told: Told


def claims(
    evidence: Iterable[Evidence], article: Callable[[str], Article], floor: float
) -> list[Claim]:
    """The first answer of each article that is as likely as `floor`, in order.

    An article that says two things is no witness against itself, nor is its reprint: the second is
    a wrong span.
    """
    found: list[Claim] = []
    for one in evidence:
        if one.short and one.probability >= floor:
            made = _claim(one, article(one.article_id))
            if not any(_one_witness(made, other) for other in found):
                found.append(made)
    return found


def _one_witness(one: Claim, other: Claim) -> bool:
    """Whether both are of one article, or of its reprint; an outlet's own update is another."""
    if one.evidence.article_id == other.evidence.article_id:
        return True
    same_source = bool(one.evidence.source) and one.evidence.source == other.evidence.source
    return same_source and one.article.outlet != other.article.outlet


def _claim(one: Evidence, article: Article) -> Claim:
    return Claim(one, article, told(one.short, one.text, article.published))


def decided(
    question: str,
    evidence: Iterable[Evidence],
    article: Callable[[str], Article],
    checker: Checker,
) -> list[Claim]:
    """What each article says to a question that asks for yes or no, where it says either."""
    sentences: dict[str, list[Evidence]] = {}
    for one in evidence:
        sentences.setdefault(one.article_id, []).append(one)
    found = []
    for article_id, said in sentences.items():
        answer, deciding, _ = yes_or_no(question, [one.text for one in said], checker)
        value = Told(answer.capitalize())
        found += [Claim(one, article(article_id), value) for one in said if one.text == deciding]
    return found


def grouped(found: Sequence[Claim], kind: Kind) -> list[tuple[Claim, ...]]:
    """The claims by value; what agrees with two values, as "May" with two of its days, with both.

    Groups and claims keep their order.
    """
    groups: list[list[Claim]] = []
    for one in found:
        mine = [group for group in groups if same_value(group[0].told, one.told, kind)]
        for group in mine:
            group.append(one)
        if not mine:
            groups.append([one])
    return [tuple(group) for group in groups]
