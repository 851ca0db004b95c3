"""The archive's side of the page: its articles, the filters, what an upload did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import PurePath

from qa import FileResult, Found, Head, Result
from qa.chat.html import button, headline, plural
from qa.chat.provenance import warnings
from qa.chat.scope import Scope

_BECAME: dict[Result, str] = {
    "added": "added",
    "updated": "updated",
    "unchanged": "already there",
    "removed": "removed",
    "skipped": "left out",
}
_FEW = 12  # files that are listed without being asked for


def heading(*, may_add: bool) -> str:
    """What stands above the list; the page's script sends the files that are chosen."""
    add = (
        '<button type="button" id="upload">Add articles</button>'
        '<input type="file" multiple hidden tabindex="-1" aria-hidden="true">'
    )
    back = '<button type="button" class="close">← Back</button><h2>Articles</h2>'
    over = button("Archive view", "survey", css="plain")
    return back + over + (add if may_add else "")


def masthead(count: int, name: str = "") -> str:
    """The top of the page.

    Args:
        name: who is signed in; empty where nobody has to.
    """
    leave = (
        f'<button type="button" id="leave" title="Signed in as {escape(name)}">Sign out</button>'
    )
    return (
        '<h1 class="name">Footnote</h1><p class="tag">Ask the articles</p>'
        + button("New", "restart", label="New conversation")
        + '<button type="button" id="to-kept" data-opens="kept" aria-label="Conversations">'
        + '<span class="long">Conversations</span><span class="brief">☰</span></button>'
        + '<button type="button" id="theme" aria-label="Switch between light and dark">◐</button>'
        + (leave if name else "")
        + '<button type="button" id="to-shelf" data-opens="shelf">'
        + f"{plural(count, 'article')}</button>"
    )


def filters(outlets: Sequence[str], scope: Scope, writers: Sequence[str] = ()) -> str:
    """What narrows the search, as chips, and the fields that narrow it further.

    The page's script sets a field to what it is to hold, unless somebody is writing in it.

    Args:
        writers: language models, the usual one first; none where none is set.
    """
    others = [name for name in outlets if name not in scope.outlets]
    every = "One more outlet …" if scope.outlets else "All outlets"
    options = _options([("", every), *((name, name) for name in others)])
    return (
        f"{_writer(writers, scope)}{_chips(scope)}<details><summary>Filter</summary>"
        '<fieldset><legend class="unseen">Which articles may answer</legend><label>Outlet '
        f'<select name="outlet" data-chosen="">{options}</select></label>'
        f"<label>From {_day_field('since', scope.since)}</label>"
        f"<label>To {_day_field('until', scope.until)}</label>"
        '<label title="Only what was published by then answers">As known on '
        f"{_day_field('as_of', scope.as_of)}</label></fieldset></details>"
    )


def _chips(scope: Scope) -> str:
    """What holds, each with a way to take it off."""
    items = "".join(
        "<li>"
        + button(
            f'<span class="title">{escape(chip.label)}</span><span aria-hidden="true">✕</span>',
            "drop",
            label=f"Not only {chip.label}",
            css="chip",
            kind=chip.kind,
            value=chip.value,
        )
        + "</li>"
        for chip in scope.chips()
    )
    if not items:
        return ""
    every = button("Ask all articles", "drop", css="clear", kind="all")
    return f'<ul class="chips" aria-label="Asked only of">{items}<li>{every}</li></ul>'


def _day_field(name: str, chosen: date | None) -> str:
    return f'<input type="date" name="{name}" data-chosen="{chosen or ""}">'


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


def listing(found: Found, count: int, *, narrowed: bool = False) -> str:
    """The articles that were found, of so many; those by their text alone say so."""
    items = "".join(
        f"<li>{_item(head, by_text=place >= found.named)}</li>"
        for place, head in enumerate(found.heads)
    )
    shown = f"{found.total:,} of {plural(count, 'article')}" if narrowed else "Newest first"
    if not count:
        shown = "Nothing here yet"
    by_text = found.total - found.named
    within = f", {by_text:,} by the text alone" if by_text else ""
    more = found.total > len(found.heads)
    rest = f", the first {len(found.heads)} shown: narrow the search" if more else ""
    return f'<p class="count" role="status">{shown}{within}{rest}</p><ul class="notes">{items}</ul>'


def _item(head: Head, *, by_text: bool) -> str:
    within = "<small>in the text</small>" if by_text else ""
    return button(headline(head) + within + warnings(head.warnings), "open", article=head.id)


def progress(stage: str, done: int, total: int) -> str:
    said = f"{escape(stage.capitalize())}: {done:,} of {total:,}"
    return f'<div class="report">{said}<progress value="{done}" max="{total}"></progress></div>'


def report(files: Sequence[FileResult]) -> str:
    """What became of each file that a person added."""
    counts = Counter(file.result for file in files)
    said = ", ".join(
        f"{counts[result]} {what}" for result, what in _BECAME.items() if counts[result]
    )
    items = "".join(f"<li>{_became(file)}</li>" for file in files)
    listed = f'<ul class="files">{items}</ul>'
    if len(files) > _FEW:
        listed = f"<details><summary>File by file</summary>{listed}</details>"
    return f'<div class="report" role="status"><p>{said or "Nothing added"}.</p>{listed}</div>'


def _became(file: FileResult) -> str:
    """A file's name, which opens its article, and what became of it."""
    name = f"<b>{escape(PurePath(file.path).name)}</b>"
    if file.article_id and file.result != "removed":
        name = button(name, "open", article=file.article_id)
    why = f" ({file.reason})" if file.reason else ""
    return f"{name}: {escape(_BECAME[file.result] + why)}"
