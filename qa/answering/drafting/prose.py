"""An answer in a language model's words: each sentence is checked before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from qa import trace
from qa.answering.draft import Drafter, Remark, Statement
from qa.answering.drafting.proof import Source, prove, sources
from qa.answering.drafting.reply import Drafted, sentences
from qa.answering.gathering.gathered import Gathered
from qa.answering.proving import Check
from qa.answering.question import Question
from qa.answering.wording import count, enumeration
from qa.errors import LanguageModelError
from qa.llm.prompts import NOTHING, Passage

if TYPE_CHECKING:
    from qa.llm.generation import Generation
    from qa.llm.model import LanguageModel

INSTEAD = "Here are the articles' own sentences."
_NOTHING = NOTHING.casefold()
_AT_MOST = 8  # sentences; who writes on is not listened to


class Prose:
    """The drafter with a language model.

    The model is asked only where the reader found an answer, and believed only where the checker
    finds each sentence in the passages. In every other case the articles speak for themselves.
    """

    def __init__(self, model: LanguageModel, check: Check, otherwise: Drafter) -> None:
        """`otherwise` drafts where the model gives nothing that can be said."""
        self._model = model
        self._check = check
        self._otherwise = otherwise

    def draft(self, question: Question, gathered: Gathered) -> Iterator[Statement | Remark]:
        """Yield each sentence as soon as it is checked; remarks tell what is amiss."""
        told: list[Statement] = []
        try:
            for one in self._written(question.standalone, sources(gathered.passages)):
                told += [one] if isinstance(one, Statement) else []
                yield one
        except LanguageModelError as error:
            why = str(error)
        else:
            why = _amiss(told)
        trace.note(drafted=[one.verdict for one in told if one.verdict])
        if why:
            yield Remark(line=f"{why} {INSTEAD}", withdraws=tuple(told))
            yield from self._otherwise.draft(question, gathered)

    def _written(self, question: str, shown: Sequence[Source]) -> Iterator[Statement | Remark]:
        """What the model writes, asked again with half as much where that was too long for it."""
        passages = self._model.fitting(question, list(map(_passage, shown)))
        while True:
            reply = self._model.generation(question, passages)
            try:
                yield from self._checked(reply, shown[: len(passages)])
                break
            except LanguageModelError as error:
                if not error.too_long or len(passages) == 1:
                    raise
                passages = passages[: len(passages) // 2]
        if left := len(shown) - len(passages):
            yield Remark(
                line=f"{count(left, 'passage')} of {len(shown)} did not fit the language model "
                "(FOOTNOTE_LLM_CONTEXT)."
            )
        self._model.learn(reply)
        trace.note(tokens=reply.usage)

    def _checked(self, reply: Generation, shown: Sequence[Source]) -> Iterator[Statement | Remark]:
        unknown: set[int] = set()
        said: set[str] = set()
        with closing(reply.pieces()) as pieces:
            for one in sentences(pieces):
                if one is None:
                    yield Remark()
                    continue
                if _NOTHING in one.text.casefold() or len(said) == _AT_MOST:
                    break
                if one.text in said or (reply.cut and one.text[-1].isalnum()):
                    continue
                said.add(one.text)
                unknown.update(set(one.numbers) - {source.number for source in shown})
                yield self._statement(one, shown, joined=len(said) > 1)
        if unknown:
            numbers = enumeration([f"[{number}]" for number in sorted(unknown)])
            yield Remark(line=f"The language model cited {numbers}, which it was never shown.")

    def _statement(self, one: Drafted, shown: Sequence[Source], *, joined: bool) -> Statement:
        cited = [source for source in shown if source.number in one.numbers]
        others = [source for source in shown if source not in cited]
        with trace.stage("check"):
            evidence, verdict = prove(one.text, cited, others, self._check)
        return Statement(text=one.text, evidence=evidence, verdict=verdict, joined=joined)


def _amiss(told: Sequence[Statement]) -> str:
    """Why what the model wrote is no answer; empty where it is one."""
    fell = sum(not one.evidence for one in told)
    if not told:
        return "The language model found no answer in the passages."
    if 2 * fell > len(told):
        what = "the one sentence" if len(told) == 1 else f"{fell} of {len(told)} sentences"
        return f"The articles do not carry {what} that the language model wrote."
    return ""


def _passage(source: Source) -> Passage:
    return Passage(
        number=source.number,
        title=source.hit.title,
        outlet=source.hit.outlet,
        published=source.hit.published,
        text=source.hit.text,
    )
