"""What Footnote hands out: hits, citations, answers and reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from vectorstore.records import Article, Filter

__all__ = ["Answer", "Article", "Citation", "Filter", "Hit", "IngestReport", "Skipped"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What `ask` returns. `answered` is False where the articles are silent."""

    question: str
    text: str  # carries [1] [2] …, one to one with `citations`
    short: str  # the direct answer, or ""
    answered: bool
    confidence: float  # 0 to 1
    citations: tuple[Citation, ...] = ()
    conflicts: list[object] = field(default_factory=list)
    nearest: tuple[Hit, ...] = ()  # what came closest, where the articles are silent


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
