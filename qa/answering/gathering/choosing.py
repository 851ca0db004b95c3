"""Which findings answer: the one place where the threshold decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.findings import Finding
from qa.answering.wording import enumeration
from qa.language.values import same_sort

AT_MOST = 4  # findings of a list, and sentences of an answer
# A further answer must be half as likely as the best one, in a list; a further sentence for the
# same answer too.
HALF = 0.5


def choose(findings: Sequence[Finding], threshold: float, *, several: bool) -> list[Finding]:
    """The findings to answer with; none where the best is too weak.

    Args:
        findings: all of them, the likeliest first.
        threshold: the probability from which an answer is better than a refusal.
        several: whether several may be right at once.
    """
    if not findings or findings[0].probability < threshold:
        return []
    floor = max(threshold, findings[0].probability * HALF)
    likely = [finding for finding in findings if finding.probability >= floor]
    if not several:
        return likely[:1]
    return [one for one in likely if same_sort(one.short, likely[0].short)][:AT_MOST]


def saying(chosen: Sequence[Finding]) -> tuple[str, ...]:
    """The ids of the articles that give what is chosen."""
    ids = (
        one.article_id
        for finding in chosen
        for one in finding.evidence
        if one.probability >= HALF * finding.evidence[0].probability
    )
    return tuple(dict.fromkeys(ids))


def short_answer(
    chosen: Sequence[Finding], worded: Callable[[Evidence], str] = lambda one: one.short
) -> str:
    """The direct answer, or several joined; empty where the reader gives whole sentences.

    Args:
        worded: the short answer of the likeliest sentence as it is told.
    """
    return enumeration([worded(finding.evidence[0]) for finding in chosen if finding.short])
