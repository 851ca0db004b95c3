"""The evidence: the words an answer rests on, marked by their offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from qa import Answer, Article, Citation, FootnoteError, Hit
from qa.chat.citing import copies
from qa.chat.html import button, failure, original, source
from qa.chat.provenance import known, warnings

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

    The answer's other quotes from that article are marked too, more quietly.

    Args:
        turn: which answer of the conversation it is, from 0.
        known: all the places of that answer.
        article: as the archive has it now, or why it cannot be had.
    """
    record = known[place]
    quote = _words(record)
    nav = _nav(turn, known, place, whole=whole)
    if isinstance(article, FootnoteError):
        return page(record, place, nav, failure(str(article)) + _quoted(quote), quote=quote)
    if article.text[record.start : record.end] != quote:
        notice = failure("The article has changed since this answer, which quoted:")
        return page(record, place, nav, notice + _quoted(quote), quote=quote)
    span = (record.start, record.end)
    also = [
        (one.start, one.end)
        for one in known.values()
        if one.article_id == article.id and article.text[one.start : one.end] == _words(one)
    ]
    window = (0, len(article.text)) if whole else _around(article.text, *span)
    text = marked(article.text, window, span, also)
    if whole:
        return page(article, f"{place}, in the whole article", nav, text, quote=quote)
    more = button("Open the article", "open", css="wide", turn=turn, place=place, whole="yes")
    return page(record, place, nav, text, more, quote=quote)


def _words(record: Citation | Hit) -> str:
    return record.quote if isinstance(record, Citation) else record.text


def _nav(turn: int, known: Mapping[str, Citation | Hit], place: str, *, whole: bool) -> str:
    """The answer's places: the one before, each by its number, the one after."""
    kept: dict[str, Any] = {"turn": turn} | ({"whole": "yes"} if whole else {})
    names = list(known)
    at = names.index(place)
    numbers = "".join(
        button(
            name.rsplit(" ", 1)[1], "open", label=name, place=name, current=name == place, **kept
        )
        for name in names
    )
    before = "".join(
        button("‹", "open", label=f"Previous: {name}", place=name, **kept)
        for name in names[at - 1 : at]
    )
    after = "".join(
        button("›", "open", label=f"Next: {name}", place=name, **kept)
        for name in names[at + 1 : at + 2]
    )
    return before + numbers + after


def page(
    record: Article | Citation | Hit,
    kicker: str,
    siblings: str,
    body: str,
    more: str = "",
    *,
    quote: str = "",
    after: str = "",
    there: bool = True,
) -> str:
    """What the pane shows of an article.

    Args:
        siblings: buttons that lead to what is beside it.
        quote: the words that are copied with its source.
        there: whether it is in the archive, so that it can be asked about.
    """
    about = (record.byline, record.note) if isinstance(record, Article) else ()
    lines = "".join(f'<p class="source">{escape(line)}</p>' for line in about if line)
    told = known(record) if isinstance(record, Citation) else ""
    told += warnings(record.warnings) if isinstance(record, Article) else ""
    lines += f'<p class="source">{told}</p>' if told else ""
    beside = "Views of this article" if isinstance(record, Article) else "Footnotes of this answer"
    asking = _asking(record) if there else ""
    return (
        '<section aria-label="Evidence"><div class="bar">'
        '<button type="button" class="close">← Back</button>'
        f'<nav aria-label="{beside}">{siblings}</nav></div>'
        f'<p class="kicker">{escape(kicker)}</p><h2 tabindex="-1">{escape(record.title)}</h2>'
        f'<p class="source">{source(record)}</p>{lines}<div class="text">{body}</div>'
        f'<p class="actions">{more}{asking}{original(record.url)}</p>'
        f'<p class="files">Copy the citation: {copies(record, quote)}</p>{after}</section>'
    )


def _asking(record: Article | Citation | Hit) -> str:
    """To put the next questions to this article alone, or to its outlet."""
    id_ = record.id if isinstance(record, Article) else record.article_id
    of = button(f"Ask about {escape(record.outlet)}", "narrow", css="plain", outlet=record.outlet)
    return button("Ask about this article", "narrow", css="plain", article=id_) + (
        of if record.outlet else ""
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
    return marked(quote, (0, len(quote)), (0, len(quote)))


def marked(
    text: str,
    window: tuple[int, int],
    span: tuple[int, int],
    also: Sequence[tuple[int, int]] = (),
) -> str:
    """The paragraphs of `text` inside `window`, the characters of `span` in <mark>.

    Args:
        also: spans that are marked more quietly, where `span` does not cover them.
    """
    blocks = []
    for line in re.compile(r"[^\n]+").finditer(text, *window):
        low, high = line.span()
        edges = {min(max(edge, low), high) for one in (span, *also) for edge in one} | {low, high}
        body = "".join(_piece(text, piece, span, also) for piece in pairwise(sorted(edges)))
        before = "… " if low == window[0] > 0 and text[low - 1] != "\n" else ""
        after = " …" if high == window[1] < len(text) and text[high] != "\n" else ""
        blocks.append(f"<p>{before}{body}{after}</p>")
    return "".join(blocks)


def _piece(
    text: str,
    piece: tuple[int, int],
    span: tuple[int, int],
    also: Sequence[tuple[int, int]],
) -> str:
    """A stretch of text that lies wholly within or outside of each span."""
    words = escape(text[slice(*piece)])
    if span[0] <= piece[0] and piece[1] <= span[1]:
        return f"<mark>{words}</mark>"
    if any(start <= piece[0] and piece[1] <= end for start, end in also):
        return f'<mark class="also">{words}</mark>'
    return words
