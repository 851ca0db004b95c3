"""Plain text as it was pasted or scraped into the article alone."""

from __future__ import annotations

import re
import unicodedata

from qa.articles.blocks import blocks_of
from qa.articles.body import body_of, is_settled

_ESCAPED = re.compile(r"\\(?=[’‘“”'\"])")
# Soft hyphens, zero widths and marks of direction, controls, and halves of surrogate pairs.
_UNSEEN = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    r"\ud800-\udfff]"
)


def tidy(text: str) -> str:
    """Single spaces, NFC, no invisible characters or controls, no escaped quotes."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", _ESCAPED.sub("", text)))
    return " ".join(text.split())


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, spaces and punctuation."""
    return re.findall(r"\w+", one.lower()) == re.findall(r"\w+", other.lower())


def clean_text(raw: str) -> str:
    """Return the article's own paragraphs, one blank line apart.

    Text that is clean already comes back as it is, so cleaning twice changes nothing.
    """
    blocks: list[str] = []
    again = page_blocks(raw)
    while again != blocks:
        blocks = again
        again = page_blocks("\n\n".join(blocks if is_settled(blocks) else body_of(blocks)))
    return "\n\n".join(blocks)


def page_blocks(raw: str) -> list[str]:
    """Return the paragraphs, headings and menu entries of a page's plain text."""
    return blocks_of([tidy(line) for line in raw.split("\n")])
