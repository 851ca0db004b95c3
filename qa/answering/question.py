"""A question as it was understood: made once, and all that the later steps see of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qa.language.kinds import Kind
from qa.records import Filter

Talk = Literal["nothing", "greeting", "thanks", "abilities"]
ArchiveDetail = Literal["outlets", "count", "latest", "oldest", "period", "titles"]
ArticleDetail = Literal["mention", "outlet", "byline", "published", "title", "url"]


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Not a question, or none of the articles'."""

    said: Talk


@dataclass(frozen=True, slots=True)
class AboutArchive:
    """What is asked of the archive as a whole, or of what it has from some outlets."""

    asked: ArchiveDetail
    outlets: tuple[str, ...] = ()  # empty: all of them


@dataclass(frozen=True, slots=True)
class AboutArticle:
    """What is asked of an article itself, and the words that say which one is meant."""

    asked: ArticleDetail
    topic: str  # empty where no article is named
    several: bool = False  # "which outlets …", "which articles …"


@dataclass(frozen=True, slots=True)
class Digest:
    """What happened, in a few dated sentences."""

    topic: frozenset[str] = frozenset()  # stems; empty: of everything


@dataclass(frozen=True, slots=True)
class Timeline:
    """How something went on, in dated points."""

    topic: frozenset[str]  # stems


@dataclass(frozen=True, slots=True)
class Fact:
    """What the articles' own sentences are to answer."""

    kind: Kind = Kind.OTHER
    several: bool = False  # several things may be right at once: "which countries"
    yes_or_no: bool = False
    person: str = ""  # NAME, where all that is asked is "Who is NAME?"
    speaker: str = ""  # NAME, where it asks what NAME said


Intent = SmallTalk | AboutArchive | AboutArticle | Digest | Timeline | Fact


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a question states beside what it asks: an answer may not swap it for another."""

    dates: tuple[str, ...] = ()  # as written: "4 September 2024", "in May", "2023"
    numbers: tuple[str, ...] = ()  # as written, dates left out
    names: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()  # of those that the archive knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, of which articles, and what kind of answer it wants."""

    asked: str  # as the person wrote it
    standalone: str  # the same without a greeting, with what it leans on put in
    where: Filter
    intent: Intent
    as_of: date | None = None  # only what was known on this day; `where` holds to it
    names_day: bool = False  # it names that day itself
    wider: Filter = field(default_factory=Filter)  # `where` without that day
    parts: tuple[str, ...] = ()  # several questions in one, as asked; empty where it is one
    constraints: Constraints = Constraints()

    @property
    def fact(self) -> Fact:
        """What it asks as a question of fact."""
        return self.intent if isinstance(self.intent, Fact) else Fact()
