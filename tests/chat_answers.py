"""Answers and articles as the page gets them, and a page as it is read."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from qa import (
    Answer,
    Article,
    Citation,
)


def article_of(text: str) -> Article:
    return Article(
        id="a.md", title="A <b>title</b>", outlet="Outlet", published=date(2024, 9, 4), url="",
        text=text, path="a.md",
    )  # fmt: skip


def answer_of(text: str, *spans: tuple[int, int]) -> Answer:
    article = article_of(text)
    citations = tuple(
        Citation(
            number=number, article_id=article.id, title=article.title, outlet=article.outlet,
            published=article.published, url="", quote=text[start:end], start=start, end=end,
        )
        for number, (start, end) in enumerate(spans, 1)
    )  # fmt: skip
    said = " ".join(f"Words [{citation.number}]" for citation in citations)
    return Answer(
        question="Q", text=said, short="", answered=True, confidence=0.5, citations=citations
    )


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))
