"""The archive's side of the page: its articles, the filters, what an upload did."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import PurePath

from qa import Article, IngestReport
from qa.chat.html import button, day, headline, plural
from qa.chat.scope import Scope

SHOWN = 200  # articles listed at once; the search box reaches the rest
HEADING = '<button type="button" class="close">← Back</button><h2>Articles</h2>'


def masthead(count: int) -> str:
    return (
        '<h1 class="name">Footnote</h1><p class="tag">Ask the articles</p>'
        + button("New", "restart", label="New conversation")
        + '<button type="button" id="to-kept" data-opens="kept" aria-label="Conversations">'
        + '<span class="long">Conversations</span><span class="brief">☰</span></button>'
        + '<button type="button" id="theme" aria-label="Switch between light and dark">◐</button>'
        + '<button type="button" id="to-shelf" data-opens="shelf">'
        + f"{plural(count, 'article')}</button>"
    )


def filters(outlets: Sequence[str], scope: Scope, writers: Sequence[str] = ()) -> str:
    """The fields keep what a person puts in them; only what is chosen from a list is set here.

    Args:
        writers: language models, the usual one first; none where none is set.
    """
    options = _options([("", "All outlets"), *((name, name) for name in outlets)])
    active = f'<span class="active">Only {escape(str(scope))}</span>' if scope else ""
    clear = '<button type="button" class="clear">Clear filters</button>' if scope else ""
    return _writer(writers, scope) + (
        f"<details{' open' if scope else ''}><summary>Filter{active}</summary>"
        '<fieldset><legend class="unseen">Which articles may answer</legend><label>Outlet '
        f'<select name="outlet" data-chosen="{escape(scope.outlet or "")}">{options}</select>'
        '</label><label>From <input type="date" name="since"></label>'
        f'<label>To <input type="date" name="until"></label>{clear}</fieldset></details>'
    )


def _writer(writers: Sequence[str], scope: Scope) -> str:
    """Who is to write the answer, where there is a choice."""
    if not writers:
        return ""
    usual, *others = writers
    named = [("", usual), *((name, name) for name in others)]
    options = _options([*named, ("none", "none: the articles’ own sentences")])
    return (
        f'<label class="writer">Language model <select name="llm" '
        f'data-chosen="{escape(scope.llm or "")}">{options}</select></label>'
    )


def _options(choices: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f'<option value="{escape(value)}">{escape(name)}</option>' for value, name in choices
    )


def listing(articles: Sequence[Article], wanted: str = "") -> str:
    """The articles that hold every word of `wanted` in title, outlet or date."""
    words = wanted.casefold().split()
    found = [
        article
        for article in articles
        if all(
            word in f"{article.title} {article.outlet} {day(article.published)}".casefold()
            for word in words
        )
    ]
    items = "".join(
        f"<li>{button(headline(article), 'open', article=article.id)}</li>"
        for article in found[:SHOWN]
    )
    shown = f"{len(found):,} of {plural(len(articles), 'article')}" if words else "Newest first"
    if not articles:
        shown = "Nothing here yet"
    rest = f", the first {SHOWN} shown: narrow the search" if len(found) > SHOWN else ""
    return f'<p class="count" role="status">{shown}{rest}</p><ul class="notes">{items}</ul>'


def progress(stage: str, done: int, total: int) -> str:
    said = f"{escape(stage.capitalize())}: {done:,} of {total:,}"
    return f'<div class="report">{said}<progress value="{done}" max="{total}"></progress></div>'


def report(done: IngestReport) -> str:
    """What became of the files a person added."""
    counts = (
        ("added", done.added),
        ("updated", done.updated),
        ("already there", done.unchanged),
    )
    said = ", ".join(f"{len(ids)} {what}" for what, ids in counts if ids)
    left = "".join(
        f"<li><b>{escape(PurePath(file.path).name)}</b>: {escape(file.reason)}</li>"
        for file in done.skipped
    )
    skipped = f"<p>{len(done.skipped)} left out:</p><ul>{left}</ul>" if left else ""
    return f'<div class="report" role="status"><p>{said or "Nothing added"}.</p>{skipped}</div>'
