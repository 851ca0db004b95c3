"""What came of one gold question: the answer, what was found, and how right it was."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from qa.evaluation.gold import Gold


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was retrieved."""

    article_id: str
    title: str
    start: int
    end: int
    text: str  # its beginning
    right: bool  # of a right article
    holds: bool  # and with the answer, or a gold quote, in it


@dataclass(frozen=True, slots=True)
class Cited:
    """A footnote of the answer."""

    article_id: str
    title: str
    quote: str
    right: bool  # of a right article, with the answer, or a gold quote, in it
    verified: bool  # the words stand in the article, where it says they do


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, asked."""

    gold: Gold
    articles: tuple[str, ...]  # the ids of the gold articles that are in the archive
    text: str = ""
    short: str = ""
    answered: bool = False
    confidence: float = 0.0
    withheld: str = ""  # of a refusal: what it would have answered
    cited: tuple[Cited, ...] = ()
    found: tuple[Found, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)  # "total", and "retrieve", "read" …
    marks: dict[str, float] = field(default_factory=dict)  # by figure; absent: does not apply
    right: bool | None = None  # None: the gold does not say what would be right
    sure: bool | None = None  # whether what confidence speaks of, given or withheld, is right
    diagnosis: str = ""  # why it failed
    error: str = ""  # what was raised instead of an answer

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Outcome:
        """What `to_dict` gave."""
        gold: dict[str, Any] = {
            name: tuple(one) if isinstance(one, list) else one
            for name, one in value["gold"].items()
        }
        kept: dict[str, Any] = value | {
            "gold": Gold(**gold),
            "articles": tuple(value["articles"]),
            "cited": tuple(Cited(**one) for one in value["cited"]),
            "found": tuple(Found(**one) for one in value["found"]),
        }
        return cls(**kept)
