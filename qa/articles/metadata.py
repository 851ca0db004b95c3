"""What a page's plain text says about its article: title, outlet, byline and date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from textwrap import shorten

from qa.articles import cues
from qa.articles.cleaning import tidy
from qa.articles.dates import parse_date
from qa.articles.evidence import evidence, is_junk
from qa.articles.headline import could_head, find_headline, is_meta, site_of, without_site
from qa.articles.outlets import agency, find_outlet, masthead, names_outlet
from qa.articles.prose import words

_LONGEST = 1_000  # characters of a detail; what is longer is neither a title nor a name
_NEAR = 12  # blocks above the body in which headline, byline and date stand
_BESIDE = 2  # blocks between which headline, outlet, byline and date stand together
_BY = re.compile(
    r"^(?:(?:written|posted|published|story|report|words|interview|text)\s+)?"
    r"(?:by|von|par|por|di|od|автор)\s*:?\s+",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\A[^\W\d_a-z][\w.’'-]*(?:\s+(?:[^\W\d_a-z][\w.’'-]*|and|und|et|y|e|de|van|von|&)){1,6}"
)
_DATELINE = re.compile(r"^[A-ZÀ-Þ][^!?]{2,60}?(?:\s?\([^)]{2,20}\))?\s[—–-]\s")
_CREDITED = re.compile(
    r"\([^()]{0,80}\b(?:photo|image|picture|getty|handout)\b[^()]{0,80}\)|photo:", re.I
)
_LABELLED = re.compile(
    r"publish|posted|date\b|first|veröffentlicht|publié|publicado|pubblicato|опубликован"
    r"|opublikowano|yayın",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"updat|modifi|aktualisiert|mis à jour|actualizado|aggiornat|обновлен", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of an article beside its text. Unknown strings are empty."""

    title: str = ""
    outlet: str = ""
    published: date | None = None
    url: str = ""
    byline: str = ""
    note: str = ""

    def dated(self, day: date | None) -> Details:
        """The same, published on that day where nothing better is known."""
        return self if self.published else replace(self, published=day)


def person(name: str) -> str:
    """A name as a byline, if it reads like a person's; programs write others there."""
    return name if _NAMES.fullmatch(name) and not name.endswith(" User") else ""


def detail(text: str) -> str:
    """Any text as a detail of an article: one line of words, no longer than these are."""
    return tidy(text[: 2 * _LONGEST])[:_LONGEST]


def details_of(blocks: list[str], text: str) -> Details:
    """Read the details off a page.

    Args:
        blocks: The whole page.
        text: The article that was found in it.
    """
    paragraphs = text.split("\n\n")
    start = blocks.index(paragraphs[0]) if paragraphs[0] in blocks else len(blocks)
    above = blocks[:start]
    title = _title(blocks, above)
    return Details(
        title=title or _beginning(paragraphs[0]),
        outlet=find_outlet(blocks, site_of(blocks, title)) or _masthead(above[-_NEAR:], title),
        published=_published(above, paragraphs),
        byline=_byline(above[-_NEAR:]),
    )


def _title(blocks: list[str], above: list[str]) -> str:
    """The line that repeats the page's title, else the last above the body that could head it."""
    head = find_headline(blocks, evidence(blocks))
    if head is not None:
        return blocks[head]
    near = above[-_NEAR:]
    return _heading([line for line in near if not names_outlet(line)]) or _heading(near)


def _heading(near: list[str]) -> str:
    lines = [
        (is_meta(below), len(words(line)) > 5, place, without_site(line))
        for place, (line, below) in enumerate(zip(near, [*near[1:], ""], strict=False))
        if could_head(line) and len(words(line)) > 3 and not is_junk(line)
    ]
    return max(lines)[3] if lines else ""


def _masthead(near: list[str], title: str) -> str:
    """The outlet on a line of its own, at most two from the headline or from a date or byline."""
    for place, line in enumerate(near):
        beside = near[max(0, place - _BESIDE) : place + _BESIDE + 1]
        near_head = line != title and (title in beside or any(map(is_meta, beside)))
        if near_head and (outlet := masthead(line)):
            return outlet
    return ""


def _beginning(paragraph: str) -> str:
    """A title for a text that has none: how it begins."""
    return shorten(_DATELINE.sub("", paragraph), 80, placeholder="…")


def _published(above: list[str], paragraphs: list[str]) -> date | None:
    """The date in the lines nearest above the body, else in its dateline or a caption."""
    dated = [line for line in reversed(above) if len(words(line)) < 16 and parse_date(line)]
    fresh = [line for line in dated if not _UPDATED.search(line) and not cues.RIGHTS.search(line)]
    captions = [part for part in paragraphs[:3] if _CREDITED.search(part)]
    datelines = [match[0] for part in paragraphs[:2] if (match := _DATELINE.match(part))]
    labelled = [line for line in fresh if _LABELLED.search(line)]
    found = map(parse_date, [*labelled, *fresh, *dated, *datelines, *captions])
    return next(filter(None, found), None)


def _byline(near: list[str]) -> str:
    """The names after "By", else a line of two or three names beside the date."""
    for line in reversed(near):
        names = _BY.sub("", line).split("|")[0].split(", ")[0].strip()
        if _BY.match(line) and _NAMES.fullmatch(names) and not agency(names):
            return names
    for line, beside in [*pairwise(near), *pairwise(reversed(near))]:
        named = _NAMES.fullmatch(line) and len(words(line)) < 4 and not names_outlet(line)
        if named and parse_date(beside):
            return line
    return ""
