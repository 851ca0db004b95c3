"""The final ranking as a LlamaIndex postprocessor: how well each passage answers, by the reader."""

from __future__ import annotations

import math
from collections.abc import Sequence

from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle
from pydantic import PrivateAttr

from qa.metrics.logistic import logistic
from qa.reader.protocol import Reader, Reading
from qa.retrieval.nodes import text_nodes

# What retrieval put lower counts for less: on the development articles this weight on the logarithm
# of the place put the right passage first most often.
_PER_PLACE = 0.75


class ReaderRanking(BaseNodePostprocessor):
    """Puts the first passages in the order of the reader's scores; the rest follow as they were.

    Scores become probabilities, so that they fall from the first passage to the last.
    """

    _reader: Reader = PrivateAttr()
    _read: int = PrivateAttr()

    def __init__(self, reader: Reader, read: int) -> None:
        """`read`: how many passages are read; reading costs milliseconds each."""
        super().__init__()
        self._reader = reader
        self._read = read

    @classmethod
    def class_name(cls) -> str:
        return "ReaderRanking"

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        if not nodes or query_bundle is None:
            return nodes
        head, rest = nodes[: self._read], nodes[self._read :]
        readings = self._reader.read(query_bundle.query_str, text_nodes(head))
        ranked = by_reading(head, readings)
        return ranked + _below(rest, ranked[-1].score or 0.0)


def by_reading(
    passages: Sequence[NodeWithScore], readings: Sequence[Reading]
) -> list[NodeWithScore]:
    """Retrieval's passages, best first, in the order of how well they answer."""
    scores = (
        logistic(reading.score - _PER_PLACE * math.log(place))
        for place, reading in enumerate(readings, start=1)
    )
    scored = zip(passages, scores, strict=True)
    return [
        NodeWithScore(node=passage.node, score=score)
        for passage, score in sorted(scored, key=lambda pair: -pair[1])
    ]


def _below(rest: Sequence[NodeWithScore], ceiling: float) -> list[NodeWithScore]:
    """The passages that were not read, their scores scaled to lie under those that were."""
    highest = max((passage.score or 0.0 for passage in rest), default=0.0)
    return [
        NodeWithScore(node=passage.node, score=ceiling * ((passage.score or 0.0) / highest))
        for passage in rest
    ]
