"""What Footnote hands out: hits, citations, answers and reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vectorstore.records import Article, Filter, Found, Head, Overview, Trouble

__all__ = [
    "Answer",
    "Article",
    "Citation",
    "Conflict",
    "Filter",
    "Found",
    "Head",
    "Hit",
    "IngestReport",
    "Label",
    "Overview",
    "Relation",
    "Sentence",
    "Skipped",
    "Trouble",
    "Value",
    "Verdict",
]

Label = Literal["supported", "partly", "unsupported", "contradicted"]

# A contradiction; what changed from the first value to the last; or values of several things that
# bear the name asked for.
Relation = Literal["contradiction", "update", "readings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that search found: `text == article.text[start:end]`."""

    article_id: str
    title: str
    outlet: str
    published: date | None
    url: str
    text: str
    score: float  # higher is nearer; compares within one search only
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One footnote: `quote == article.text[start:end]`, always."""

    number: int  # as it stands in the answer's text: [number]
    article_id: str
    title: str
    outlet: str
    published: date | None
    url: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker makes of a sentence beside the quotes that are to carry it."""

    label: Label
    score: float  # how well the quotes carry it, 0 to 1
    reason: str = ""  # the words that are not carried, in a line a person can read


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an answer, the footnotes that carry it, and what the checker says of it."""

    text: str  # without marks
    citations: tuple[Citation, ...] = ()
    verdict: Verdict | None = None  # None where nothing is claimed: a greeting, a refusal
    joined: bool = False  # stands in the paragraph of the sentence before it

    @property
    def fell(self) -> bool:
        """Whether it is not in the articles: it was judged, and nothing carries it.

        Such a sentence of a language model is told of, and is no part of the answer's text.
        """
        return self.verdict is not None and not self.citations


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One of several answers that articles give to the same question, with who gives it."""

    text: str
    citations: tuple[Citation, ...]
    reading: str = ""  # which of several things it is of, where the name asked for is theirs too


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Articles that give different values for what is asked; the likeliest first."""

    values: tuple[Value, ...]
    relation: Relation = "contradiction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What `ask` returns. `answered` is False where the articles are silent."""

    question: str
    text: str  # carries [1] [2] …, one to one with `citations`
    short: str  # the direct answer, or ""
    answered: bool
    confidence: float  # 0 to 1
    citations: tuple[Citation, ...] = ()
    # What `text` is rendered from; a language model's also hold what was left out of it.
    sentences: tuple[Sentence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()  # where the articles disagree
    understood: str = ""  # the question as it was read: a follow-up made to stand alone
    nearest: tuple[Hit, ...] = ()  # what came closest, where the articles are silent
    notes: tuple[str, ...] = ()  # a line each: what a person should know of how it came about


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and why, in words for the person who owns it."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did, by article id; `skipped` names the files that were left out."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
