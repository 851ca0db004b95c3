"""A language model's opinion of answers, by LlamaIndex's own evaluators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.evaluation.gold import Gold

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


class Judge:
    """Marks answers with `FaithfulnessEvaluator` and `CorrectnessEvaluator`."""

    def __init__(self, llm: LLM) -> None:
        from llama_index.core.evaluation import CorrectnessEvaluator, FaithfulnessEvaluator

        self._faithfulness = FaithfulnessEvaluator(llm=llm)
        self._correctness = CorrectnessEvaluator(llm=llm)

    def marks(self, gold: Gold, text: str, quotes: Sequence[str]) -> dict[str, float]:
        """`faithfulness` 0 or 1, against the quotes; `correctness` 1 to 5, against the gold answer.

        What the model's reply leaves open is left out.
        """
        marks: dict[str, float] = {}
        if quotes:
            judged = self._faithfulness.evaluate(
                query=gold.question, response=text, contexts=list(quotes)
            )
            marks["faithfulness"] = float(bool(judged.passing))
        if gold.answers:
            joined = "; ".join(gold.answers)
            scored = self._correctness.evaluate(
                query=gold.question, response=text, reference=joined
            )
            if scored.score is not None:
                marks["correctness"] = float(scored.score)
        return marks
