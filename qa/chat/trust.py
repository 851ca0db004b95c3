"""How sure an answer is, in words that mean what was measured."""

from __future__ import annotations

from qa import Answer

# From which probability which words are said. It is calibrated on questions whose answers are
# known: of the answers at .7, seven in ten are right. So "well supported" is wrong at most about
# once in seven times, "likely" more often right than not by a clear margin.
_WORDS = ((0.85, "Well supported"), (0.6, "Likely"), (0.0, "Uncertain"))


def words(confidence: float) -> str:
    return next(said for bound, said in _WORDS if confidence >= bound)


def explained(confidence: float) -> str:
    """What the number means, in one line."""
    of_ten = min(max(round(confidence * 10), 1), 10)
    if of_ten == 10:
        return "of twenty such answers, at most about one is wrong"
    return f"of ten such answers, about {of_ten} {'is' if of_ten == 1 else 'are'} right"


def trust(confidence: float) -> str:
    """`Well supported, 93%: of ten such answers, about 9 are right`."""
    return f"{words(confidence)}, {confidence:.0%}: {explained(confidence)}"


def standing(answer: Answer) -> str:
    """How many articles say it and how sure that is, on one line; empty where none is cited."""
    if not answer.citations:
        return ""
    return " · ".join(filter(None, (answer.sourced, trust(answer.confidence))))
