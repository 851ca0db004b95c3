"""What a route makes of a question: statements that name their evidence, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.answering.gathering.disagreement import Disagreement
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.gathered import Gathered
from qa.answering.question import Question
from qa.provenance.events import Event
from qa.records import Hit, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of an answer before it is finished; it names evidence and never writes a quote."""

    text: str
    evidence: tuple[Evidence, ...] = ()  # what it rests on, in the order of its footnotes
    # True by construction, where it repeats its evidence or the article's own details; anything
    # else is for the checker.
    carried: bool = False
    joined: bool = False  # stands in the paragraph of the statement before it
    verdict: Verdict | None = None  # filled by the check

    @property
    def is_quote(self) -> bool:
        """Whether it is its evidence, word for word."""
        return len(self.evidence) == 1 and self.text == self.evidence[0].text


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Stands among the statements and is none: what is to be said of the answer itself.

    One that holds nothing says that a statement is still being written.
    """

    line: str = ""  # for the person
    withdraws: tuple[Statement, ...] = ()  # statements before it that are no part of the answer


@dataclass(frozen=True, slots=True)
class Dated:
    """What happened when, and the outlet that reported it first."""

    event: Event
    evidence: Evidence
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer before its sentences are checked and its footnotes minted."""

    # Drawn one by one, so that each is shown when it is ready.
    statements: Iterable[Statement | Remark]
    confidence: float  # 0 to 1, as measured: never a figure that nobody counted
    answered: bool = True
    short: str = ""  # the direct answer, where there is one
    nearest: tuple[Hit, ...] = ()  # what came closest, where nothing is answered
    disagreement: Disagreement | None = None  # between the articles; the statements tell of it
    saying: tuple[str, ...] = ()  # ids of articles that say it, beside those cited
    timeline: tuple[Dated, ...] = ()  # where it is one; the statements tell of it


class Drafter(Protocol):
    """Whatever writes an answer from evidence: the articles' own sentences, or a model."""

    def draft(self, question: Question, gathered: Gathered) -> Iterator[Statement | Remark]:
        """Yield the statements as they come; `gathered.chosen` is never empty here."""
        ...


class Route(Protocol):
    """One kind of question, answered in one way."""

    def __call__(self, question: Question, gathered: Gathered) -> Draft | None:
        """Return the draft, or None where this route has nothing to say to it."""
        ...


def quoted(one: Evidence, label: str = "", *, joined: bool = False) -> Statement:
    """The evidence's own sentence, after a label if there is one."""
    text = f"{label}: {one.text}" if label else one.text
    return Statement(text=text, evidence=(one,), carried=True, joined=joined)


def said(line: str, *, confidence: float) -> Draft:
    """A line in Footnote's own voice that claims nothing of what the articles tell."""
    return Draft(statements=[Statement(text=line)], confidence=confidence)


def refused(line: str, confidence: float = 0.0, nearest: Sequence[Hit] = ()) -> Draft:
    """A line that says why there is no answer, with what came nearest to one."""
    return Draft(
        statements=[Statement(text=line)],
        answered=False,
        confidence=confidence,
        nearest=tuple(nearest),
    )
