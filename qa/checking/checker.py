"""Whether what a sentence cites carries it: exact rules, and a model's signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.checking.coverage import left_out, part_faults
from qa.checking.facts import Facts, facts_of
from qa.checking.fault import Fault
from qa.checking.roles import role_faults
from qa.checking.support import PackagedSupport, Stance, Support
from qa.checking.values import value_faults
from qa.checking.wording import wording_faults
from qa.records import Citation, Verdict

FLOOR = 0.5  # the probability of support under which a sentence is not supported
_CEILING = 0.4  # what a sentence with a fault scores at most
_WORST_FIRST = ("contradicted", "unsupported", "partly")
_READ = 3  # quotes that the model reads at once
_VERBATIM = Stance(1.0, 0.0, 0.0)
_NAMED = 3  # words that a reason names


@dataclass(frozen=True, slots=True)
class Findings:
    """What a sentence's examination found: the worst fault, if any, and the model's stance."""

    fault: Fault | None
    stance: Stance

    def verdict(self) -> Verdict:
        """The fault's label; without one, the model's."""
        score = self.stance.supports
        if self.fault:
            return Verdict(self.fault.label, min(_CEILING, score), self.fault.reason)
        if self.stance.contradicts > max(score, self.stance.silent):
            return Verdict("contradicted", score, "the quote says otherwise")
        return Verdict("supported" if score >= FLOOR else "unsupported", score)


class Checker:
    """Judges sentences by their quotes; many threads may use one."""

    def __init__(self, support: Support | None = None) -> None:
        """`support`: the model to ask; None takes what the box holds, loaded when it is needed."""
        self._support = support or PackagedSupport()

    def check(self, sentence: str, quotes: Sequence[str | Citation]) -> Verdict:
        """Whether `quotes`, all together, carry `sentence`.

        A citation's date tells what "Wednesday" meant, and the names of its title count as known.
        """
        quoted = [quote_facts(quote) for quote in quotes]
        if not any(facts.words for facts in quoted):
            return Verdict("unsupported", 0.0, "it cites nothing")
        stated = facts_of(sentence, next((f.published for f in quoted if f.published), None))
        if not stated.words:
            return Verdict("unsupported", 0.0, "it says nothing")
        verdict = self.examine(stated, quoted).verdict()
        if verdict.label == "supported" or verdict.reason:
            return verdict
        return replace(verdict, reason=_unsaid(stated, quoted))

    def examine(self, stated: Facts, quoted: Sequence[Facts]) -> Findings:
        """What `check` judges by."""
        fault = _worst(stated, quoted)
        if fault is None and any(_flat(stated) in _flat(facts) for facts in quoted):
            return Findings(None, _VERBATIM)
        return Findings(fault, self._support(stated.text, nearest(stated, quoted)))


def check(sentence: str, quotes: Sequence[str | Citation]) -> Verdict:
    """Whether `quotes`, all together, carry `sentence`, by the packaged models."""
    return packaged().check(sentence, quotes)


@lru_cache(maxsize=1)
def packaged() -> Checker:
    """The one checker that all share, with the packaged models."""
    return Checker()


def quote_facts(quote: str | Citation) -> Facts:
    """The facts of a quote, with the date and the title of its article where they are known."""
    if isinstance(quote, str):
        return facts_of(quote)
    return facts_of(quote.quote, quote.published, quote.title)


def _worst(stated: Facts, quoted: Sequence[Facts]) -> Fault | None:
    faults = [
        fault
        for rule in (value_faults, wording_faults, role_faults, part_faults)
        for fault in rule(stated, quoted)
    ]
    return min(faults, key=lambda fault: _WORST_FIRST.index(fault.label), default=None)


def _unsaid(stated: Facts, quoted: Sequence[Facts]) -> str:
    missing = [f"“{word.text}”" for word in left_out(stated, quoted)[:_NAMED]]
    return f"{', '.join(missing)}: not in the quote" if missing else "the quote does not say it"


def nearest(stated: Facts, quoted: Sequence[Facts]) -> str:
    """The quotes that share most words with the sentence, in their order, for the model to read."""
    shared = sorted(quoted, key=lambda facts: -len(facts.stems & stated.stems))[:_READ]
    return " ".join(facts.text for facts in quoted if facts in shared)


def _flat(facts: Facts) -> str:
    """The words alone, between spaces: what is within it is whole words."""
    return f" {' '.join(word.text.lower() for word in facts.words)} "
