"""What Footnote hands out: hits, citations, answers and reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vectorstore.records import Article, Filter, Found, Head, Overview, Survey, Trouble
from vectorstore.removed import Removed

__all__ = [
    "Answer",
    "Article",
    "Citation",
    "Conflict",
    "FileResult",
    "Filter",
    "Found",
    "Head",
    "Hit",
    "IngestReport",
    "Label",
    "Overview",
    "Point",
    "Relation",
    "Removed",
    "Result",
    "Sentence",
    "Skipped",
    "Survey",
    "Trouble",
    "Value",
    "Verdict",
]

Label = Literal["supported", "partly", "unsupported", "contradicted"]

Result = Literal["added", "updated", "unchanged", "removed", "skipped"]

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
    page: int | None = None  # where the quote begins, from 1; None where its article has no pages
    copies: tuple[str, ...] = ()  # ids of the articles that repeat it: reprints, versions
    speaker: str = ""  # who says it, where the article names them
    occasion: str = ""  # and where: "on X", "on the radio"
    # When it happened, apart from when it was written: the day, or the first one of what the words
    # name. `event` is the time as it is shown: "4 September 2024", "March 2023".
    event_date: date | None = None
    event: str = ""
    warnings: tuple[str, ...] = ()  # the article's: what a reader should know of it


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
class Point:
    """One point of a timeline: what happened when, and who reported it first."""

    day: date  # the first one, where only a month or a year is known
    when: str  # as it is shown: "4 September 2024", "March 2023"
    citation: Citation
    first: str  # the outlet that reported it first, or the title of the article; or ""


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
    sources: int = 0  # how many independent sources say it: of one text or one outlet it is one
    articles: int = 0  # how many articles say it, reprints too
    timeline: tuple[Point, ...] = ()  # where it is one, the earliest first

    @property
    def sourced(self) -> str:
        """`5 articles, 2 independent sources`; empty where no article says it."""
        if not self.sources:
            return ""
        articles = f"{self.articles} article{'' if self.articles == 1 else 's'}"
        return f"{articles}, {self.sources} independent source{'' if self.sources == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and why, in words for the person who owns it."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What became of one file, or of one file in another."""

    path: str
    result: Result
    article_id: str = ""  # "" where it became no article
    reason: str = ""  # why it was left out


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did, by article id; `skipped` names the files that were left out.

    `files` has the same file by file, in the order in which it was done.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    files: list[FileResult] = field(default_factory=list, compare=False)

    def add(self, file: FileResult) -> None:
        """Note what became of a file."""
        self.files.append(file)
        if file.result == "skipped":
            self.skipped.append(Skipped(file.path, file.reason))
        else:
            ids: list[str] = getattr(self, file.result)
            ids.append(file.article_id)
