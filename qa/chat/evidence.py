"""The evidence: the words an answer rests on, marked by their offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from qa import Answer, Article, Citation, FootnoteError, Hit
from qa.chat.html import button, failure, original, source

REACH = 450  # characters of context shown on either side of a quote


def places(answer: Answer | None) -> dict[str, Citation | Hit]:
    """What an answer can open, by the name it is opened under."""
    if answer is None:
        return {}
    known: dict[str, Citation | Hit] = {f"Footnote {c.number}": c for c in answer.citations}
    return known or {f"Nearest passage {n}": hit for n, hit in enumerate(answer.nearest, 1)}


def evidence(
    turn: int,
    known: Mapping[str, Citation | Hit],
    place: str,
    article: Article | FootnoteError,
    *,
    whole: bool = False,
) -> str:
    """A place of an answer: the marked words among their neighbours, or in the whole article.

    Args:
        turn: which answer of the conversation it is, from 0.
        known: all the places of that answer.
        article: as the archive has it now, or why it cannot be had.
    """
    record = known[place]
    quote = record.quote if isinstance(record, Citation) else record.text
    siblings = "".join(
        button(
            name.rsplit(" ", 1)[1], "open", label=name, turn=turn, place=name, current=name == place
        )
        for name in known
    )
    if isinstance(article, FootnoteError):
        return _page(record, place, siblings, failure(str(article)) + _quoted(quote))
    if article.text[record.start : record.end] != quote:
        notice = failure("The article has changed since this answer, which quoted:")
        return _page(record, place, siblings, notice + _quoted(quote))
    span = (record.start, record.end)
    window = (0, len(article.text)) if whole else _around(article.text, *span)
    text = _marked(article.text, window, span)
    if whole:
        return _page(article, f"{place}, in the whole article", siblings, text)
    more = button("Open the article", "open", css="wide", turn=turn, place=place, whole="yes")
    return _page(record, place, siblings, text, more)


def whole_article(article: Article, *, may_remove: bool) -> str:
    body = _marked(article.text, (0, len(article.text)), (0, 0))
    return _page(article, "Article", "", body, after=_removal(article) if may_remove else "")


def _removal(article: Article) -> str:
    sure = button("Remove it for everybody", "discard", css="wide", article=article.id)
    return f'<details class="removal"><summary>Remove from the archive</summary>{sure}</details>'


def removed(article: Article) -> str:
    """What stands in the place of an article that was just taken out."""
    body = "<p>This article was removed. Its file stays where it was.</p>"
    return _page(article, "Removed", "", body)


def _page(
    record: Article | Citation | Hit,
    kicker: str,
    siblings: str,
    body: str,
    more: str = "",
    after: str = "",
) -> str:
    about = (record.byline, record.note) if isinstance(record, Article) else ()
    lines = "".join(f'<p class="source">{escape(line)}</p>' for line in about if line)
    return (
        '<section aria-label="Evidence"><div class="bar">'
        '<button type="button" class="close">← Back</button>'
        f'<nav aria-label="Footnotes of this answer">{siblings}</nav></div>'
        f'<p class="kicker">{escape(kicker)}</p><h2 tabindex="-1">{escape(record.title)}</h2>'
        f'<p class="source">{source(record)}</p>{lines}<div class="text">{body}</div>'
        f'<p class="actions">{more}{original(record.url)}</p>{after}</section>'
    )


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """A window about a quote: whole paragraphs if they are short, whole words if not."""
    low, high = max(start - REACH, 0), min(end + REACH, len(text))
    if low > 0:
        cut = max(text.find("\n", low, start), 0) or max(text.find(" ", low, start), 0)
        low = cut + 1 if cut else start
    if high < len(text):
        cut = max(text.rfind("\n", end, high), 0) or max(text.rfind(" ", end, high), 0)
        high = cut or end
    return low, high


def _quoted(quote: str) -> str:
    return _marked(quote, (0, len(quote)), (0, len(quote)))


def _marked(text: str, window: tuple[int, int], span: tuple[int, int]) -> str:
    """The paragraphs of `text` inside `window`, the characters of `span` in <mark>."""
    blocks = []
    for line in re.compile(r"[^\n]+").finditer(text, *window):
        low, high = line.span()
        start, end = (min(max(edge, low), high) for edge in span)
        marked = f"<mark>{escape(text[start:end])}</mark>" if start < end else ""
        before = "… " if low == window[0] > 0 and text[low - 1] != "\n" else ""
        after = " …" if high == window[1] < len(text) and text[high] != "\n" else ""
        body = before + escape(text[low:start]) + marked + escape(text[end:high]) + after
        blocks.append(f"<p>{body}</p>")
    return "".join(blocks)
