"""Which route answers which kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from qa.answering.draft import Drafter, Route
from qa.answering.question import (
    AboutArchive,
    AboutArticle,
    Digest,
    Fact,
    Intent,
    SmallTalk,
    Timeline,
)
from qa.answering.routes import archive, digest, facts, metadata, smalltalk, timeline

_ROUTES: Mapping[type, Route] = {
    SmallTalk: smalltalk.answer,
    AboutArchive: archive.answer,
    AboutArticle: metadata.answer,
    Digest: digest.answer,
    Timeline: timeline.answer,
}


def route(intent: Intent, drafter: Drafter) -> Route:
    """The route for an intent; `drafter` writes the answers to questions of fact."""
    if isinstance(intent, Fact):
        return partial(facts.answer, drafter=drafter)
    return _ROUTES[type(intent)]
