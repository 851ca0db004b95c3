"""One ranking from several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def reciprocal_rank_fusion(
    rankings: Iterable[Sequence[str]], *, k: int = 5
) -> list[tuple[str, float]]:
    """Fuse rankings of ids: each ranking adds 1 / (k + rank), ranks counted from 1.

    Ties keep the order of first appearance. The paper's k = 60 was chosen for rankings of a
    thousand; over two rankings of fifty, 5 finds more (docs/measurements.md).

    Source: Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and
    individual Rank Learning Methods", SIGIR 2009.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, identifier in enumerate(ranking, start=1):
            scores[identifier] = scores.get(identifier, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda item: -item[1])
