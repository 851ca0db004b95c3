"""An article in the reading pane: whole, by its passages, with what was cut, and removed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa import Article, Hit, LeftOut, Sought
from qa.chat.evidence import marked, page
from qa.chat.html import button, failure, plural

_VIEWS = {"whole": "Article", "passages": "Passages", "cuts": "Cut away"}


def whole_article(article: Article, *, may_change: bool) -> str:
    """All of it."""
    body = marked(article.text, (0, len(article.text)), (0, 0))
    return page(
        article,
        "Article",
        _views(article, "whole"),
        body,
        after=_removal(article) if may_change else "",
    )


def passages(article: Article, found: Sequence[Hit], words: str) -> str:
    """The passages that it is searched by, those nearest to `words` first where there are any."""
    sought = Sought.of(words) if words else None
    form = (
        '<div data-form class="within"><label>Search within this article '
        f'<input type="search" name="words" maxlength="200" value="{escape(words)}"></label>'
        f"{button('Search', 'open', article=article.id, view='passages')}</div>"
    )
    items = "".join(
        f"<li><small>Characters {hit.start:,} to {hit.end:,}</small>"
        f"<p>{_with_marks(hit.text, sought)}</p></li>"
        for hit in found
    )
    count = plural(len(found), "passage") + (", the nearest first" if words else ", in their order")
    body = f'{form}<p class="count" role="status">{count}</p><ol class="pieces">{items}</ol>'
    return page(article, "Passages", _views(article, "passages"), body)


def cut_away(article: Article, found: Sequence[LeftOut] | str) -> str:
    """What cleaning took from its file, or why that cannot be told."""
    if isinstance(found, str):
        body = failure(found)
    elif not found:
        body = "<p>Nothing was cut: the file holds no other words.</p>"
    else:
        items = "".join(f"<li>{_cut(article, one)}</li>" for one in found)
        body = (
            "<p>The file says this too. Footnote took it for no part of the article.</p>"
            f'<ul class="pieces cuts">{items}</ul>'
        )
    return page(article, "Cut away", _views(article, "cuts"), body)


def removed(article: Article, *, may_change: bool) -> str:
    """What stands in the place of an article that was just taken out."""
    undo = button("Undo", "undo", css="wide", article=article.id) if may_change else ""
    body = f"<p>This article was removed. Its file stays where it was.</p><p>{undo}</p>"
    return page(article, "Removed", "", body, there=False)


def _cut(article: Article, one: LeftOut) -> str:
    what, event = ("Cut it again", "") if one.back else ("Put it back", "yes")
    act = button(
        what, "putback", css="plain", label=f"{what}: {one.words[:60]}", article=article.id,
        words=one.words, back=event,
    )  # fmt: skip
    back = ' class="back"' if one.back else ""
    return f"<p{back}>{escape(one.words)}</p>{act}"


def _views(article: Article, current: str) -> str:
    return "".join(
        button(name, "open", current=view == current, article=article.id, view=view)
        for view, name in _VIEWS.items()
    )


def _removal(article: Article) -> str:
    sure = button("Remove it for everybody", "discard", css="wide", article=article.id)
    return f'<details class="removal"><summary>Remove from the archive</summary>{sure}</details>'


def _with_marks(text: str, sought: Sought | None) -> str:
    said, at = "", 0
    for start, end in sought.spans(text) if sought else ():
        if start >= at:
            said += f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>"
            at = end
    return said + escape(text[at:])
