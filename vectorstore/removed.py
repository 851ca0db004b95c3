"""Articles that were taken out, noted whole in the ledger, so that they can come back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from vectorstore.records import Article

if TYPE_CHECKING:
    from vectorstore.protocols import Ledger

REMOVED = "removed:"  # what notes of them begin with; the time and the article's id follow


@dataclass(frozen=True, slots=True)
class Removed:
    """An article as it was when it was taken out."""

    article: Article
    digest: str  # the hash of its content
    when: datetime  # with its time zone

    @property
    def key(self) -> str:
        """What it is noted under: another article may be removed under the same id."""
        return f"{REMOVED}{self.when.isoformat()} {self.article.id}"


def set_aside(ledger: Ledger, article_id: str) -> None:
    """Take an article out and keep it. Raises `ArticleNotFound`."""
    article, digest = ledger.article(article_id), ledger.hashes()[article_id]
    gone = Removed(article, digest, datetime.now(UTC))
    told = asdict(article) | {"published": article.published and article.published.isoformat()}
    kept = {"article": told, "digest": digest, "when": gone.when.isoformat()}
    ledger.note(**{gone.key: json.dumps(kept)})  # first: a cut leaves it twice
    ledger.remove([article_id])


def removed(ledger: Ledger) -> list[Removed]:
    """What was taken out and did not come back, the latest first."""
    notes = ledger.notes(REMOVED)
    there = ledger.hashes() if notes else {}
    found = [one for one in map(_read, notes.values()) if one.article.id not in there]
    return sorted(found, key=lambda one: one.when, reverse=True)


def _read(note: str) -> Removed:
    kept = json.loads(note)
    known = {field.name for field in fields(Article)}
    told = {name: value for name, value in kept["article"].items() if name in known}
    day = told["published"]
    told |= {"published": date.fromisoformat(day) if day else None, "warnings": ()}
    return Removed(Article(**told), kept["digest"], datetime.fromisoformat(kept["when"]))
