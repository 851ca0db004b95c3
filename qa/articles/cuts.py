"""What cleaning took from an article, found beside what it left; and some of it put back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from qa.articles.cleaning import page_blocks
from qa.articles.decoding import decode
from qa.articles.kinds import HTML, TEXT

_MOST = 5_000  # blocks of a page that are compared; a longer one is a dump of many


@dataclass(frozen=True, slots=True)
class Cut:
    """A paragraph that cleaning took, and before which paragraph of the text it stood."""

    before: int  # counts the paragraphs of the cleaned text; their number: at the end
    words: str


def shows_cuts(path: str | Path) -> bool:
    """Whether files of this kind are cleaned, so that there is something to compare."""
    return Path(path).suffix.lower() in TEXT | HTML


def cuts(path: Path, raw: bytes, text: str) -> list[Cut]:
    """What the file says beside `text`, the article that was made of it; in its order."""
    if not shows_cuts(path):
        return []
    suffix = path.suffix.lower()
    content = decode(raw, declared=suffix in HTML)
    if suffix in HTML:
        from qa.articles.webpage import visible_text

        content = visible_text(content)
    return list(_missing(page_blocks(content)[:_MOST], text.split("\n\n")))


def with_put_back(text: str, found: Sequence[Cut], wanted: Collection[str]) -> str:
    """The text with those cuts at their places whose words are wanted."""
    paragraphs = text.split("\n\n")
    for cut in reversed(found):
        if cut.words in wanted:
            paragraphs.insert(cut.before, cut.words)
    return "\n\n".join(paragraphs)


def _missing(blocks: Sequence[str], paragraphs: Sequence[str]) -> Iterator[Cut]:
    """The blocks that stand in no paragraph; cleaning may have joined them or parted them."""
    ours, theirs = [list(map(_folded, some)) for some in (blocks, paragraphs)]
    for what, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what in ("delete", "replace"):
            near = " ".join(theirs[c:d])
            for block, words in zip(blocks[a:b], ours[a:b], strict=True):
                if words and words not in near:
                    yield Cut(c, block)


def _folded(block: str) -> str:
    return " ".join(re.findall(r"\w+", block.casefold()))
