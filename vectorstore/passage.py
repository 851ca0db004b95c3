"""A passage: some sentences of an article in a row, which know exactly where they stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is embedded, found and read; `text` is the article's text from `start` to `end`."""

    id: str
    article_id: str
    title: str  # as much of the article's as fits beside the text
    outlet: str
    published: date | None
    url: str
    text: str
    start: int
    end: int
    sentences: tuple[Span, ...]  # offsets in the article

    @property
    def embedded(self) -> str:
        """What of it is embedded: its title and date, and its text."""
        above = f"{self.title}\n{_written(self.published)}".strip()
        return f"{above}\n\n{self.text}".strip() if above else self.text

    @property
    def bare(self) -> str:
        """All but the text, as JSON; the names are those of LlamaIndex's nodes."""
        about = {
            "title": self.title,
            "published": _written(self.published),
            "article_id": self.article_id,
            "outlet": self.outlet,
            "url": self.url,
            "sentences": self.sentences,
        }
        fields = {
            "id_": self.id,
            "metadata": about,
            "start_char_idx": self.start,
            "end_char_idx": self.end,
        }
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def restored(bare: str, text: str) -> Passage:
    """The passage that was kept as `bare`, with its own words."""
    return _passage(json.loads(bare), text)


def cut(bare: str, text: str) -> Passage:
    """The passage that was kept as `bare`, its words cut from its article's."""
    fields = json.loads(bare)
    return _passage(fields, text[fields["start_char_idx"] : fields["end_char_idx"]])


def _passage(fields: dict[str, Any], text: str) -> Passage:
    about = fields["metadata"]
    return Passage(
        id=fields["id_"],
        article_id=about["article_id"],
        title=about["title"],
        outlet=about["outlet"],
        published=date.fromisoformat(about["published"]) if about["published"] else None,
        url=about["url"],
        text=text,
        start=fields["start_char_idx"],
        end=fields["end_char_idx"],
        sentences=tuple((start, end) for start, end in about["sentences"]),
    )


def _written(published: date | None) -> str:
    return published.isoformat() if published else ""
