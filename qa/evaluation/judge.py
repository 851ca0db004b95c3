"""A language model's opinion of answers, by LlamaIndex's own evaluators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.config import Config
from qa.errors import FootnoteError
from qa.evaluation.gold import Gold
from qa.llm.explaining import explain

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

# "4.5", "Score: 4" or "**4**", and then no further digit.
_SCORE = re.compile(r"\W*(?:score\W*)?([1-5](?:\.\d+)?)(?!\d)", re.IGNORECASE)


class Judge:
    """Marks answers with `FaithfulnessEvaluator` and `CorrectnessEvaluator`."""

    def __init__(self, llm: LLM, config: Config) -> None:
        """`config`: where the model is, for what is said when it fails."""
        from llama_index.core.evaluation import CorrectnessEvaluator, FaithfulnessEvaluator

        self._config = config
        self._faithfulness = FaithfulnessEvaluator(llm=llm)
        self._correctness = CorrectnessEvaluator(llm=llm, parser_function=_scored)

    def marks(self, gold: Gold, text: str, quotes: Sequence[str]) -> dict[str, float]:
        """`faithfulness` 0 or 1, against the quotes; `correctness` 1 to 5, against the gold answer.

        What the model's reply leaves open is left out.

        Raises:
            FootnoteError: the model's server cannot be reached, or fails again and again.
        """
        try:
            return self._marks(gold, text, quotes)
        except Exception as error:  # whatever the client, the network or the server did
            line = str(explain(error, self._config))
        # Raised out here, so that it carries nothing of the request, the key least of all.
        raise FootnoteError(
            f"The language model could not judge. {line} Check FOOTNOTE_LLM_URL; what was asked is "
            "kept, run it again to go on."
        )

    def _marks(self, gold: Gold, text: str, quotes: Sequence[str]) -> dict[str, float]:
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


def _scored(reply: str) -> tuple[float | None, str]:
    """The score, and the reasons after it. LlamaIndex's own parser fails on a reply without one."""
    match = _SCORE.match(reply)
    return (float(match[1]), reply[match.end() :].strip()) if match else (None, reply)
