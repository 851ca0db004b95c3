"""The archive view: all that is there, looked over, narrowed and searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

import gradio as gr

from qa import Assistant, Filter, Found, Removed, Survey
from qa.chat import shelf
from qa.chat.html import button, day, headline, plural
from qa.chat.library import Library
from qa.chat.picture import Span, picture
from qa.chat.scope import Scope
from qa.chat.visitor import visitor_of

_KINDS = {
    "": "All",
    "copies": "One text in several",
    "undated": "Without a date",
    "doubted": "With a doubtful date",
    "removed": "Removed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Which articles the view lists."""

    kind: str = ""  # of `_KINDS`
    outlets: tuple[str, ...] = ()
    period: Span | None = None
    groups: tuple[tuple[str, ...], ...] = ()  # of the kind "copies": ids that are one text
    doubted: tuple[str, ...] = ()

    def where(self) -> Filter:
        """As the assistant wants it."""
        kinds = {"copies": tuple(id_ for one in self.groups for id_ in one)}
        return Filter(
            outlet=self.outlets or None,
            since=self.period.since if self.period else None,
            until=self.period.until if self.period else None,
            article_ids=(kinds | {"doubted": self.doubted}).get(self.kind),
            undated=self.kind == "undated",
        )

    def sifted(self, told: dict[str, str]) -> Sieve:
        """With what was pressed; what was pressed before comes off."""
        if "kind" in told or not told.keys() & {"outlet", "first"}:
            return Sieve(kind=told.get("kind", ""))
        if outlet := told.get("outlet"):
            others = tuple(one for one in self.outlets if one != outlet)
            added = others if outlet in self.outlets else (*others, outlet)
            return replace(self, outlets=added)
        pressed = Span(int(told["first"]), int(told["months"]))
        return replace(self, period=None if pressed == self.period else pressed)


class Archive:
    """Each method that takes a request or what was typed answers one event of the view."""

    def __init__(self, assistant: Assistant, library: Library) -> None:
        self._assistant = assistant
        self._library = library

    def show(self, sieve: Sieve, wanted: str, request: gr.Request) -> tuple[Sieve, str, str]:
        """The sieve, what stands above the list, and the list."""
        survey, gone = self._assistant.survey(), self._gone(request)
        sieve = replace(sieve, groups=survey.groups, doubted=survey.doubted)
        return sieve, overlooked(survey, len(gone), sieve), self.find(wanted, sieve, request)

    def sift(
        self, sieve: Sieve, wanted: str, event: gr.EventData, request: gr.Request
    ) -> tuple[Sieve, str, str]:
        return self.show(sieve.sifted(event._data), wanted, request)

    def find(self, wanted: str, sieve: Sieve, request: gr.Request) -> str:
        """The list, of what holds the words."""
        if sieve.kind == "removed":
            return _bin(self._gone(request), wanted)
        where = sieve.where()
        if sieve.kind == "copies":
            every = sum(map(len, sieve.groups))
            return _groups(self._assistant.find(wanted, every, where), sieve.groups)
        found = self._assistant.find(wanted, where=where)
        held = self._assistant.overview().articles
        return shelf.listing(found, held, narrowed=bool(wanted.strip() or where))

    def _gone(self, request: gr.Request) -> list[Removed]:
        """What was removed, for whoever may bring it back; what it was is nobody else's to read."""
        return self._assistant.removed() if visitor_of(request).may_change else []

    def about(self, scope: Scope, sieve: Sieve) -> tuple[Scope, str]:
        """Ask about what is chosen from now on."""
        scope = scope.of(*sieve.outlets) if sieve.outlets else scope
        if sieve.period:
            scope = scope.within(sieve.period.since, sieve.period.until)
        return scope, self._library.filters(scope)


def overlooked(survey: Survey, removed: int, sieve: Sieve) -> str:
    """The picture, and what the list can be narrowed to."""
    counts = {
        "": sum(number for *_, number in survey.spread),
        "copies": sum(map(len, survey.groups)),
        "undated": survey.undated,
        "doubted": len(survey.doubted),
        "removed": removed,
    }
    kinds = "".join(
        f"<li>{_kind(kind, counts[kind], kind == sieve.kind)}</li>"
        for kind in _KINDS
        if counts[kind] or not kind
    )
    chosen = ", ".join((*sieve.outlets, *([str(sieve.period)] if sieve.period else [])))
    about = (
        f'<p class="chosen"><span>Only {escape(chosen)}</span>'
        f"{button('Ask about these', 'about', css='wide')}"
        f"{button('Show all', 'sift', css='plain', kind=sieve.kind)}</p>"
        if chosen
        else ""
    )
    drawn = picture(survey.spread, sieve.outlets, sieve.period) if survey.spread else ""
    return (
        '<div class="top"><button type="button" class="close">← Back</button>'
        f'<h2 tabindex="-1">The archive</h2></div>{drawn}{about}'
        f'<ul class="kinds" aria-label="Which articles are listed">{kinds}</ul>'
    )


def _kind(kind: str, count: int, current: bool) -> str:
    return button(f"{_KINDS[kind]} <b>{count:,}</b>", "sift", current=current, kind=kind)


def _groups(found: Found, groups: Sequence[Sequence[str]]) -> str:
    """The articles that are found, by the text that they have in common."""
    heads = {head.id: head for head in found.heads}

    def shown() -> Iterator[str]:
        for ids in groups:
            members = [heads[id_] for id_ in ids if id_ in heads]
            members.sort(key=lambda head: (head.published is None, head.published or 0, head.id))
            items = "".join(
                f"<li>{button(headline(head), 'open', article=head.id)}</li>" for head in members
            )
            if items:
                named = f"{plural(len(ids), 'article')}, one text"
                yield f'<h3>{named}</h3><ul class="notes">{items}</ul>'

    told = "".join(shown())
    return told or '<p class="count" role="status">Nothing found</p>'


def _bin(gone: Sequence[Removed], wanted: str) -> str:
    """What was removed, and the way back."""
    words = wanted.casefold().split()
    found = [one for one in gone if all(word in one.article.title.casefold() for word in words)]
    items = "".join(
        f"<li><div>{headline(one.article)}<small>Removed {day(one.when.date())}</small></div>"
        + button(
            "Put it back",
            "undo",
            label=f"Put “{one.article.title}” back",
            css="plain",
            article=one.article.id,
        )
        + "</li>"
        for one in found
    )
    count = plural(len(found), "article") if found else "Nothing found"
    return f'<p class="count" role="status">{count}</p><ul class="notes bin">{items}</ul>'
