"""An answer in the articles' own sentences, each with its footnote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.answering.draft import Statement, quoted
from qa.answering.drafting.differing import witnesses
from qa.answering.gathering.choosing import AT_MOST, HALF
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.findings import Finding, one_a_source
from qa.answering.gathering.gathered import Gathered
from qa.answering.question import Question


class Extractive:
    """The drafter without a model: the direct answer, then one to four quoted sentences."""

    def draft(self, question: Question, gathered: Gathered) -> Iterator[Statement]:
        """Yield the direct answer, where there is one, and the sentences that prove it.

        Where the articles disagree, the values were told before: the sentences that give them.
        """
        if differing := gathered.disagreement:
            yield from map(quoted, witnesses(differing))
            return
        quotes = [gathered.shelf.original(one) for one in _sentences(gathered.chosen)]
        short = gathered.lead
        if short and short not in {one.text for one in quotes}:
            yield Statement(text=_opening(short), evidence=tuple(quotes), carried=True)
        for one in quotes:
            yield quoted(one)


def _opening(short: str) -> str:
    return f"{short[0].upper()}{short[1:].rstrip('.')}."


def _sentences(chosen: Sequence[Finding]) -> list[Evidence]:
    """The best sentence of each finding; then, while there is room, what other sources say."""
    firsts = [finding.evidence[0] for finding in chosen]
    others = [
        one
        for finding in chosen
        for one in one_a_source(finding.evidence)[1:]
        if one.probability >= HALF * finding.evidence[0].probability
    ]
    kept: list[Evidence] = []
    for one in firsts + others:
        if not any(one.overlaps(other) for other in kept):
            kept.append(one)
    return kept[:AT_MOST]
