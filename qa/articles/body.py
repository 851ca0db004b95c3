"""The blocks of a page that are its article: the best path through before, body, gap and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qa.articles import cues
from qa.articles.dates import has_date
from qa.articles.headline import find_headline, openings
from qa.articles.prose import cut_short, ends_sentence, prose_score, sentences, usual_cohesion, words

_LEAVE, _RETURN, _GAP = 1.0, 3.0, 0.1  # what it costs to break off, to resume, and each line between
_HEADING, _SIGNED = 3.0, 2.0  # what it costs to pass a heading over links, a comment's signature
_INSERT, _JUNK = -0.2, -1.5  # the evidence of what is set between paragraphs, and of other furniture
_OPENING = 3.0  # what a headline and a byline above speak for a beginning
_ALONE = 0.4  # share of its evidence that prose keeps between two lines that are none

_NUMBERED = re.compile(r"(?:#|No\. ?)?\d{1,2}[.):]? \S")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?")


def body_of(blocks: list[str]) -> list[str]:
    """Return the article's blocks, in order."""
    if not blocks:
        return []
    scores = evidence(blocks)
    head = find_headline(blocks, scores)
    if head is not None:
        blocks, scores = blocks[head + 1 :], scores[head + 1 :]
    blocks, scores = _without_readers(blocks, scores)
    kept = _best_path(blocks, scores, 0.0 if head is None else 1.0)
    return list(_without_inserts(blocks, scores, kept))


def _without_inserts(
    blocks: list[str], scores: list[float], kept: list[bool]
) -> Iterator[str]:
    """Yield the body's blocks without the furniture among them, links listed under it too."""
    listing = False
    for block, score, keep in zip(blocks, scores, kept, strict=True):
        if is_junk(block):
            listing = bool(cues.LINKS.search(block)) or block.endswith(":")
        elif keep and not (listing and score < 0):
            listing = False
            yield block


def is_settled(blocks: list[str]) -> bool:
    """Whether blocks read like an article alone, so that nothing more need go."""
    scores = evidence(blocks)
    return min(scores[0], scores[-1]) > 0 and not any(map(is_junk, blocks))


def is_junk(block: str) -> bool:
    """Whether a block is never the article's own, wherever it stands."""
    count = len(words(block))
    return bool(
        _is_insert(block)
        or (count < 40 and cues.FURNITURE.search(block))
        or cues.LINKS.search(block)
        or cues.LEGAL.search(block)
        or len({word.lower() for word in cues.RIGHTS.findall(block)}) > 2
    )


def _is_insert(block: str) -> bool:
    """Whether a block is what pages set between an article's paragraphs."""
    return len(words(block)) < 30 and bool(
        cues.POINTER.search(block) or cues.ADVERT.search(block)
    )


def is_dated(block: str) -> bool:
    """Whether a line only says when, and perhaps who."""
    if len(words(block)) > 13 or ends_sentence(block) and len(words(block)) > 8:
        return False
    return bool(has_date(block) or cues.AGO.search(block))


def evidence(blocks: list[str]) -> list[float]:
    """For each block, how much speaks for its being of the body."""
    repeats = Counter(blocks)
    usual = usual_cohesion(blocks)
    scores = [_alone(block, repeats[block], usual) for block in blocks]
    for index, below in enumerate(scores[1:]):
        if scores[index] == -1 and below > 0.5 and _NUMBERED.match(blocks[index]):
            scores[index] = _INSERT  # the heading of an entry in a list
    shown = [index for index, block in enumerate(blocks) if not _is_insert(block)]
    for before, index, after in zip([-1, *shown], shown, [*shown[1:], -1], strict=False):
        above = scores[before] if before >= 0 else -1.0
        below = scores[after] if after >= 0 else -1.0
        if scores[index] > 0 and max(above, below) < -0.5 and sentences(blocks[index]) < 2:
            scores[index] *= _ALONE  # a teaser stands so, between headline and headline
    return scores


def _alone(block: str, repeats: int, usual: float) -> float:
    if _CLOCK.fullmatch(block) or _is_insert(block):
        return _INSERT
    score = prose_score(block, usual)
    count = len(words(block))
    if is_junk(block):
        return _JUNK
    if repeats > 2 and count < 12 and not ends_sentence(block):
        return -2.0
    if is_dated(block):
        return -1.5
    pleas = len(cues.PLEA.findall(block))
    if pleas:
        score -= (2.5 if cues.ADDRESS.search(block) else 0.8) * pleas
    if cues.BIO.search(block):
        score -= 5
    return score - 0.5 * cut_short(block)


def _without_readers(
    blocks: list[str], scores: list[float]
) -> tuple[list[str], list[float]]:
    """Cut where the comments begin, once an article has been seen above."""
    run = best = 0.0
    for index, block in enumerate(blocks):
        run = max(0.0, run + scores[index])
        best = max(best, run)
        if cues.COMMENTS.search(block) and len(words(block)) < 20:
            signed = sum(map(is_dated, blocks[index + 1 : index + 15]))
            if best > 5 or (best > 0.8 and signed > 2):
                return blocks[:index], scores[:index]
    return blocks, scores


def _best_path(blocks: list[str], scores: list[float], late: float) -> list[bool]:
    """Viterbi over four states: before, body, gap (junk within), after."""
    low = float("-inf")
    best = [0.0, low, low, low]
    back: list[list[int]] = []
    tolls = _tolls(blocks)
    seen = False
    for toll, score, opens in zip(tolls, scores, openings(blocks), strict=True):
        ways = [
            [(best[0], 0)],
            [(best[0] + _OPENING * opens, 0), (best[1], 1), (best[2] - _RETURN, 2)],
            [(best[1] - _LEAVE, 1), (best[2], 2)],
            [(best[1], 1), (best[3], 3)],
        ]
        chosen = [max(way) for way in ways]
        skipped = -late * (max(0.0, score) + (toll if seen else 0.0))
        seen = seen or score > 1
        gain = [skipped, score - toll, -toll - _GAP, 0.0]
        best = [value + add for (value, _), add in zip(chosen, gain, strict=True)]
        back.append([origin for _, origin in chosen])
    state = max(range(4), key=lambda index: best[index])
    states = []
    for origins in reversed(back):
        states.append(state)
        state = origins[state]
    states.reverse()
    return [state == 1 for state in states]


def _tolls(blocks: list[str]) -> list[float]:
    """What it costs to pass a block and still be in the article: headings over links, signatures."""
    dated = [is_dated(block) for block in blocks]
    price = _SIGNED if sum(dated) > 3 else 0.0
    return [
        _HEADING if cues.LINKS.search(block) else price * when
        for block, when in zip(blocks, dated, strict=True)
    ]
