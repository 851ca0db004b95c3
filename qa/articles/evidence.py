"""How much speaks for each block of a page being the article's own."""

from __future__ import annotations

import re
from collections import Counter

from qa.articles import cues
from qa.articles.dates import has_date
from qa.articles.prose import (
    cut_short,
    ends_sentence,
    prose_score,
    sentences,
    usual_cohesion,
    words,
)
from qa.articles.tables import is_row

LABEL = -1.0  # the evidence of a few words that end no sentence: a heading, or a menu's entry
_INSERT = -0.2  # of what pages set between paragraphs, and of what belongs to a list
_ROW = 0.1  # of a table, which is the article's where it stands in it
_JUNK, _DATED, _REPEATED = -1.2, -1.5, -2.0
_COUNTED = 1.0  # of a heading that counts on from the one before
_PLEA, _PLAIN_PLEA, _BIO, _CUT = 2.5, 0.8, 5.0, 0.5  # what these take away
_ALONE = 0.5  # the share of its evidence that a lone sentence keeps between labels

_NUMBERED = re.compile(r"(?:#|No\. ?)?(\d{1,3})[.):]? \S")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?")


def evidence(blocks: list[str]) -> list[float]:
    """Return one figure a block: above 0 it reads like the article, below like the page."""
    repeats = Counter(blocks)
    usual = usual_cohesion(blocks)
    scores = [_alone(block, repeats[block], usual) for block in blocks]
    _spare_lists(blocks, scores)
    _spare_entries(blocks, scores)
    _doubt_teasers(blocks, scores)
    _doubt_authors(blocks, scores)
    return scores


def is_junk(block: str) -> bool:
    """Whether a block is never the article's own, wherever it stands."""
    count = len(words(block))
    return bool(
        _is_insert(block)
        or (count < 40 and cues.FURNITURE.search(block))
        or cues.LINKS.search(block)
        or cues.LEGAL.search(block)
        or _is_notice(block, count)
    )


def is_dated(block: str) -> bool:
    """Whether a line only says when, and perhaps who."""
    count = len(words(block))
    if count > 13 or (count > 8 and ends_sentence(block)):
        return False
    return bool(has_date(block) or cues.AGO.search(block))


def _is_insert(block: str) -> bool:
    return len(words(block)) < 30 and bool(cues.POINTER.search(block) or cues.ADVERT.search(block))


def _is_notice(block: str, count: int) -> bool:
    found = [word.lower() for word in cues.RIGHTS.findall(block)]
    return len(set(found)) > 2 and len(found) > 0.08 * count


def _alone(block: str, repeats: int, usual: float) -> float:
    if is_row(block):
        return _ROW
    if _CLOCK.fullmatch(block) or _is_insert(block):
        return _INSERT
    if is_junk(block):
        return _JUNK
    if repeats > 2 and len(words(block)) < 12 and not ends_sentence(block):
        return _REPEATED
    if is_dated(block):
        return _DATED
    pleas = min(2, len(cues.PLEA.findall(block)))
    price = _PLEA if pleas and cues.ADDRESS.search(block) else _PLAIN_PLEA
    return prose_score(block, usual) - price * pleas - _CUT * cut_short(block)


def _spare_lists(blocks: list[str], scores: list[float]) -> None:
    """Lines that a colon announces are a list, and speak little against the article."""
    listing = False
    for index, block in enumerate(blocks):
        if scores[index] != LABEL:
            listing = scores[index] > 0 and block.endswith(":")
        elif listing or block.endswith(":"):
            listing = True
            scores[index] = _INSERT


def _spare_entries(blocks: list[str], scores: list[float]) -> None:
    """Numbers over prose head the entries of a list; one that counts on speaks for the article."""
    last = 0
    for index, below in enumerate(scores[1:]):
        entry = _NUMBERED.match(blocks[index])
        if entry and below > 0.5 and _DATED <= scores[index] < 0:
            if cues.AGO.search(blocks[index]):
                continue  # a reader's comment
            number = int(entry[1])
            scores[index] = _COUNTED if abs(number - last) == 1 else _INSERT
            last = number


def _doubt_teasers(blocks: list[str], scores: list[float]) -> None:
    """A sentence alone between label and label is how other articles are announced."""
    shown = [index for index, block in enumerate(blocks) if not _is_insert(block)]
    around = [LABEL, *(scores[index] for index in shown), LABEL]
    for index, above, below in zip(shown, around, around[2:], strict=False):
        if scores[index] > 0 and max(above, below) < -0.5 and sentences(blocks[index]) < 2:
            scores[index] *= _ALONE


def _doubt_authors(blocks: list[str], scores: list[float]) -> None:
    """Who somebody is, with no more of the article below, is said of the author."""
    below = LABEL
    for index in reversed(range(len(blocks))):
        if below < 0.5 and cues.BIO.search(blocks[index]):
            scores[index] -= _BIO
        below = scores[index]
