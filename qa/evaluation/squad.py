"""SQuAD's own files, v1.1 and v2.0, as articles and gold pairs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import UnreadableFile
from qa.evaluation.gold import Gold, GoldFile, Problem
from qa.records import Article

if TYPE_CHECKING:
    from vectorstore.store import Store

Progress = Callable[[str, int, int], None]
_AT_ONCE = 8  # articles


def load_squad(path: Path) -> tuple[list[Article], GoldFile]:
    """One article for each entry of `data`, and the questions as gold.

    A paragraph of the data is a paragraph of the article, as it is; one that comes twice is there
    once. What cannot be used is in the file's problems.

    Raises:
        UnreadableFile: there is no such file, or it is not SQuAD's.
    """
    articles, found = [], GoldFile(str(path))
    for number, entry in enumerate(_entries(path), start=1):
        title = str(entry.get("title") or "Untitled").replace("_", " ").strip()
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60]
        paragraphs = [one for one in _list(entry, "paragraphs") if isinstance(one, dict)]
        texts = dict.fromkeys(str(one.get("context", "")).strip() for one in paragraphs)
        article = _article(f"{number:04}-{slug}", title, "\n\n".join(filter(None, texts)))
        if not article.text:
            continue
        articles.append(article)
        for asked in (asked for one in paragraphs for asked in _list(one, "qas")):
            _add(found, asked, article.id)
    if not found.pairs:
        reason = f": {found.problems[0].reason}" if found.problems else ""
        raise UnreadableFile(
            path, f"it holds no question that can be used; give a SQuAD file{reason}"
        )
    return articles, found


def index(store: Store, articles: Sequence[Article], on_progress: Progress | None = None) -> None:
    """Put the articles into a store as they are: they are texts already, not pages to clean."""
    from qa.articles.passages import passages

    embedding = store.embedding
    for first in range(0, len(articles), _AT_ONCE):
        part = articles[first : first + _AT_ONCE]
        cut = (
            passages(one, embedding.piece_counts, max_pieces=embedding.max_pieces) for one in part
        )
        store.put([(one, nodes, one.id) for one, nodes in zip(part, cut, strict=True)])
        if on_progress:
            on_progress("Indexing", min(first + _AT_ONCE, len(articles)), len(articles))


def _article(id_: str, title: str, text: str) -> Article:
    return Article(id=id_, title=title, outlet="", published=None, url="", text=text, path=id_)


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise UnreadableFile(path, "there is no such file; check the path") from None
    except OSError as error:
        raise UnreadableFile(path, f"it cannot be opened ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise UnreadableFile(path, "it is not a JSON file; give a SQuAD file") from None
    if not isinstance(content, dict) or not isinstance(content.get("data"), list):
        raise UnreadableFile(path, 'it has no list "data"; give a SQuAD v1.1 or v2.0 file')
    return (entry for entry in content["data"] if isinstance(entry, dict))


def _list(holder: dict[str, Any], name: str) -> list[Any]:
    found = holder.get(name)
    return found if isinstance(found, list) else []


def _add(found: GoldFile, asked: Any, article: str) -> None:
    asked = asked if isinstance(asked, dict) else {}
    question = str(asked.get("question") or "").strip()
    texts = (one.get("text") for one in _list(asked, "answers") if isinstance(one, dict))
    answers = tuple(dict.fromkeys(str(text).strip() for text in texts if str(text or "").strip()))
    impossible = bool(asked.get("is_impossible"))
    if not question or (not answers and not impossible):
        lacks = "answer" if question else "words"
        reason = f"{found.path}: question {asked.get('id', '?')} has no {lacks}"
        found.problems.append(Problem(found.path, 0, reason))
        return
    found.pairs.append(
        Gold(
            question=question,
            answers=() if impossible else answers,
            articles=() if impossible else (article,),
            answerable=not impossible,
        )
    )
    found.lines.append(0)
