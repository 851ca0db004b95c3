"""Where the headline stands: the line that the page's title repeats, or one above the byline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.articles import cues
from qa.articles.dates import has_date
from qa.articles.prose import words

_SITE = re.compile(r"(?<!\s)\s+(?:[|·•»«]|::|[-–—])\s+")
_BYLINE = re.compile(
    r"^(?:written |posted |published |story |report |words )?(?:by|von|par|por|di|od|de)\b:?\s"
    r"|\|[^|]*\bby\b|\b(?:staff|correspondent|reporter|editor)\b",
    re.IGNORECASE,
)
_AHEAD = 14  # blocks below a headline in which its article should begin
_TOP = 8  # blocks in which a page names itself
_REACH = 9  # blocks below a headline in which its article opens


def find_headline(blocks: list[str], scores: list[float]) -> int | None:
    """Return the index of the line that repeats the page's title and that most prose follows."""
    titles: set[str] = set()
    candidates = []
    for index, block in enumerate(blocks):
        if scores[index] < -1 or not could_head(block):
            continue
        if _key(block) in titles:
            candidates.append(index)
        if index < _TOP:
            titles.update(map(_key, _parts(block)))
    weighed = [(_longest(scores[index + 1 : index + 1 + _AHEAD]), -index) for index in candidates]
    most, negative = max(weighed, default=(0.0, 0))
    if most <= 1 or _longest(scores[:-negative]) > 3 * _longest(scores[-negative:]):
        return None
    return -negative


def openings(blocks: list[str]) -> list[bool]:
    """For each block, whether a line that could head it, and a byline or date, stand above."""
    opens = [False] * len(blocks)
    for index, block in enumerate(blocks):
        if len(words(block)) > 3 and could_head(block):
            for below in range(index + 1, min(index + 4, len(blocks))):
                if is_meta(blocks[below]):
                    reach = min(index + _REACH, len(blocks))
                    opens[below:reach] = [True] * (reach - below)
                    break
    return opens


def _longest(scores: Iterable[float]) -> float:
    """The evidence of the best run of prose."""
    run = best = 0.0
    for score in scores:
        run = max(0.0, run + score)
        best = max(best, run)
    return best


def is_meta(block: str) -> bool:
    """Whether a line says who wrote an article, or when."""
    if len(words(block)) > 11 or block.endswith("."):
        return False
    return bool(_BYLINE.search(block) or has_date(block) or cues.AGO.search(block))


def could_head(block: str) -> bool:
    return (
        3 <= len(words(block)) <= 30
        and not block.endswith((":", ",", ";", "."))
        and not is_meta(block)
        and not cues.COMMENTS.search(block)
    )


def site_of(blocks: list[str], headline: str) -> list[str]:
    """What the page's title says beside the headline: the site's name, last part first."""
    for block in blocks[:_TOP]:
        pieces = _SITE.split(block)
        if len(pieces) > 1 and headline and _key(pieces[0]) == _key(headline):
            return pieces[:0:-1]
    return []


def without_site(block: str) -> str:
    """A page's title without the names that sites add to it."""
    pieces = _SITE.split(block)
    return pieces[0] if len(words(pieces[0])) > 3 else block


def _key(text: str) -> str:
    return " ".join(words(text)).lower()


def _parts(block: str) -> list[str]:
    """A page's title, whole and without the names that sites add to it."""
    if len(words(block)) > 40:
        return []
    pieces = _SITE.split(block)
    return [block, *(piece for piece in pieces if len(words(piece)) > 3)]
