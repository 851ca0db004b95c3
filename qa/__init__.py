"""Footnote: ask your articles; every answer carries the footnote that proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answering.sought import Sought
    from qa.articles import read_article
    from qa.articles.kinds import SUFFIXES
    from qa.assistant import Assistant
    from qa.checking import check
    from qa.config import Config
    from qa.conversations import Conversations, Kept
    from qa.errors import FootnoteError
    from qa.evaluation.feedback import Feedback
    from qa.keeping import VERSIONS, keep_earlier
    from qa.records import (
        Answer,
        Article,
        Citation,
        Conflict,
        FileResult,
        Filter,
        Found,
        Head,
        Hit,
        IngestReport,
        Overview,
        Point,
        Removed,
        Result,
        Sentence,
        Skipped,
        Survey,
        Trouble,
        Value,
        Verdict,
    )
    from qa.returning import LeftOut
    from vectorstore.days import month_of, written

_HOME = {
    "Answer": "qa.records",
    "Article": "qa.records",
    "Assistant": "qa.assistant",
    "Citation": "qa.records",
    "Config": "qa.config",
    "Conflict": "qa.records",
    "Conversations": "qa.conversations",
    "Feedback": "qa.evaluation.feedback",
    "FileResult": "qa.records",
    "Filter": "qa.records",
    "FootnoteError": "qa.errors",
    "Found": "qa.records",
    "Head": "qa.records",
    "Hit": "qa.records",
    "IngestReport": "qa.records",
    "Kept": "qa.conversations",
    "LeftOut": "qa.returning",
    "Overview": "qa.records",
    "Point": "qa.records",
    "Removed": "qa.records",
    "Result": "qa.records",
    "SUFFIXES": "qa.articles.kinds",
    "Sentence": "qa.records",
    "Skipped": "qa.records",
    "Sought": "qa.answering.sought",
    "Survey": "qa.records",
    "Trouble": "qa.records",
    "VERSIONS": "qa.keeping",
    "Value": "qa.records",
    "Verdict": "qa.records",
    "check": "qa.checking",
    "keep_earlier": "qa.keeping",
    "month_of": "vectorstore.days",
    "read_article": "qa.articles",
    "written": "vectorstore.days",
}

__all__ = [
    "SUFFIXES",
    "VERSIONS",
    "Answer",
    "Article",
    "Assistant",
    "Citation",
    "Config",
    "Conflict",
    "Conversations",
    "Feedback",
    "FileResult",
    "Filter",
    "FootnoteError",
    "Found",
    "Head",
    "Hit",
    "IngestReport",
    "Kept",
    "LeftOut",
    "Overview",
    "Point",
    "Removed",
    "Result",
    "Sentence",
    "Skipped",
    "Sought",
    "Survey",
    "Trouble",
    "Value",
    "Verdict",
    "check",
    "keep_earlier",
    "month_of",
    "read_article",
    "written",
]


def __getattr__(name: str) -> object:
    # Imported at first use: `import qa` costs milliseconds, and so does `footnote --help`.
    if name not in _HOME:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
