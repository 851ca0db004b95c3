"""Footnote: ask your articles; every answer carries the footnote that proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answering.sought import Sought
    from qa.articles import read_article
    from qa.assistant import Assistant
    from qa.checking import check
    from qa.config import Config
    from qa.conversations import Conversations, Kept
    from qa.errors import FootnoteError
    from qa.evaluation.feedback import Feedback
    from qa.records import (
        Answer,
        Article,
        Citation,
        Conflict,
        Filter,
        Hit,
        IngestReport,
        Sentence,
        Skipped,
        Value,
        Verdict,
    )

_HOME = {
    "Answer": "qa.records",
    "Article": "qa.records",
    "Assistant": "qa.assistant",
    "Citation": "qa.records",
    "Config": "qa.config",
    "Conflict": "qa.records",
    "Conversations": "qa.conversations",
    "Feedback": "qa.evaluation.feedback",
    "Filter": "qa.records",
    "FootnoteError": "qa.errors",
    "Hit": "qa.records",
    "IngestReport": "qa.records",
    "Kept": "qa.conversations",
    "Sentence": "qa.records",
    "Skipped": "qa.records",
    "Sought": "qa.answering.sought",
    "Value": "qa.records",
    "Verdict": "qa.records",
    "check": "qa.checking",
    "read_article": "qa.articles",
}

__all__ = [
    "Answer",
    "Article",
    "Assistant",
    "Citation",
    "Config",
    "Conflict",
    "Conversations",
    "Feedback",
    "Filter",
    "FootnoteError",
    "Hit",
    "IngestReport",
    "Kept",
    "Sentence",
    "Skipped",
    "Sought",
    "Value",
    "Verdict",
    "check",
    "read_article",
]


def __getattr__(name: str) -> object:
    # Imported at first use: `import qa` costs milliseconds, and so does `footnote --help`.
    if name not in _HOME:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
