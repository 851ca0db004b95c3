"""How likely a finding is right: the one place where it gets its probability."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.gathering.evidence import Evidence

# What a further, independent sentence that says the same takes off the remaining doubt. Chosen on
# the development articles, where a full vote (1.0) made the confidence too high.
_VOTE = 0.5


def probability(confirming: Sequence[Evidence]) -> float:
    """The best sentence's probability, raised by each that says the same, 0 to 1.

    Args:
        confirming: one sentence of each source that gives this answer, the likeliest first.
    """
    best, *others = confirming
    doubt = 1 - best.probability
    for one in others:
        doubt *= 1 - _VOTE * one.probability
    return 1 - doubt
