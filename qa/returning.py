"""What comes back: an article that was taken out, and words that cleaning took from one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.articles.cuts import shows_cuts
from qa.articles.holding import is_held
from qa.articles.parts import Job
from qa.articles.processes import Readers
from qa.errors import ArticleNotFound, FootnoteError
from qa.provenance.examining import examine
from qa.records import Article
from vectorstore.notes import PUT_BACK

if TYPE_CHECKING:
    from vectorstore.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A paragraph of a file that cleaning took; it may have been put back."""

    words: str
    before: int  # the paragraph of the cleaned text before which it stood, from 0
    back: bool


def put_back_words(store: Store) -> Mapping[str, tuple[str, ...]]:
    """What was put back, by the ids of the articles."""
    notes = store.notes(PUT_BACK)
    return {key.removeprefix(PUT_BACK): tuple(json.loads(note)) for key, note in notes.items()}


def note_put_back(store: Store, article_id: str, words: str, *, back: bool) -> None:
    """Note that these words belong to the article, or no longer do."""
    others = [one for one in put_back_words(store).get(article_id, ()) if one != words]
    now = [*others, words] if back else others
    store.note(**{PUT_BACK + article_id: json.dumps(now, ensure_ascii=False) if now else ""})


def left_out(store: Store, article_id: str) -> list[LeftOut]:
    """What cleaning took from an article's file, in its order; read from the file as it is now.

    Raises:
        ArticleNotFound: there is no such article.
        FootnoteError: its file is gone, or of a kind that is not cleaned; the message says so.
    """
    path = store.article(article_id).path
    if is_held(path) or not shows_cuts(path):
        raise FootnoteError(
            "Only what is a text or a web page of its own is cleaned; this was taken as it is."
        )
    if not Path(path).is_file():
        raise FootnoteError(
            f"{path} is not there any more, so that what was cut from it cannot be shown: put the"
            " file back."
        )
    back = put_back_words(store).get(article_id, ())
    with Readers() as readers:
        job = Job(path=path, root=str(Path(path).parent), with_cuts=True)
        part = readers.read(job).result()[0]
    if part.reason:
        raise FootnoteError(f"{path}: {part.reason}.")
    return [LeftOut(words=words, before=before, back=words in back) for before, words in part.cuts]


def bring_back(store: Store, article_id: str) -> Article:
    """Put an article in again that was taken out, as it was then. Raises `ArticleNotFound`.

    Of several that were taken out under one id, the latest.
    """
    from qa.articles.passages import passages

    kept = next((one for one in store.removed() if one.article.id == article_id), None)
    if kept is None:
        raise ArticleNotFound(f"No article {article_id!r} was removed, so that none can come back.")
    nodes = passages(
        kept.article, store.embedding.piece_counts, max_pieces=store.embedding.max_pieces
    )
    store.put([(kept.article, nodes, kept.digest)])
    store.note(**{kept.key: ""})
    examine(store)
    return kept.article
