"""The blocks of a page that are its article: the best path through before, body, gap and after."""

from __future__ import annotations

from collections.abc import Iterator

from qa.articles import cues
from qa.articles.evidence import evidence, is_dated, is_junk
from qa.articles.headline import find_headline, openings
from qa.articles.prose import words

_BEFORE, _BODY, _GAP, _AFTER = range(4)
# In units of evidence, where a sentence is about 2. Chosen by search over pages made for it.
_LEAVE, _RETURN, _WAIT = 1.2, 1.9, 0.3  # to break off, to resume, and for each block between
_HEADING, _SIGNED = 2.0, 4.0  # to pass a heading over links, or the signature of a comment
_OPENING = 4.0  # what a headline and a byline above add to a beginning
_ARTICLE, _SENTENCE = 5.0, 0.8  # enough to have been an article, a sentence


def body_of(blocks: list[str]) -> list[str]:
    """Return the article's blocks, in order; all but the furniture where none reads like prose."""
    scores = evidence(blocks)
    head = find_headline(blocks, scores)
    if head is not None:
        blocks, scores = blocks[head + 1 :], scores[head + 1 :]
    end = _where_readers_speak(blocks, scores)
    blocks, scores = blocks[:end], scores[:end]
    path = _best_path(blocks, scores, headed=head is not None)
    body = list(_without_inserts(blocks, scores, path))
    return body or [block for block in blocks if not is_junk(block)]


def is_settled(blocks: list[str]) -> bool:
    """Whether blocks read like an article alone, so that nothing more need go."""
    if not blocks:
        return True
    scores = evidence(blocks)
    against = sum(score < -0.5 for score in scores)
    return (
        min(scores[0], scores[-1]) > 0
        and against * 2 <= len(blocks)
        and not any(map(is_junk, blocks))
    )


def _where_readers_speak(blocks: list[str], scores: list[float]) -> int:
    """The index of the heading over the comments, once an article has been seen above it."""
    run = best = 0.0
    for index, block in enumerate(blocks):
        run = max(0.0, run + scores[index])
        best = max(best, run)
        if cues.COMMENTS.search(block) and len(words(block)) < 20:
            signed = sum(map(is_dated, blocks[index + 1 : index + 15]))
            if best > _ARTICLE or (best > _SENTENCE and signed > 2):
                return index
    return len(blocks)


def _best_path(blocks: list[str], scores: list[float], *, headed: bool) -> list[int]:
    """Viterbi: the state of each block on the path with the most evidence.

    Args:
        headed: The blocks begin below the headline, so that passing over prose is a loss.
    """
    best = [0.0, *[float("-inf")] * 3]
    steps: list[list[int]] = []
    seen = False
    for score, toll, opens in zip(scores, _tolls(blocks), openings(blocks), strict=True):
        ways = (
            [(best[_BEFORE], _BEFORE)],
            [
                (best[_BEFORE] + _OPENING * opens, _BEFORE),
                (best[_BODY], _BODY),
                (best[_GAP] - _RETURN, _GAP),
            ],
            [(best[_BODY] - _LEAVE, _BODY), (best[_GAP], _GAP)],
            [(best[_BODY], _BODY), (best[_AFTER], _AFTER)],
        )
        passed = (max(0.0, score) + toll * seen) * headed
        gains = (-passed, score - toll, -toll - _WAIT, 0.0)
        seen = seen or score > 1
        chosen = [max(way) for way in ways]
        best = [value + gain for (value, _), gain in zip(chosen, gains, strict=True)]
        steps.append([origin for _, origin in chosen])
    return _traced(steps, best.index(max(best)))


def _traced(steps: list[list[int]], state: int) -> list[int]:
    path = []
    for step in reversed(steps):
        path.append(state)
        state = step[state]
    return path[::-1]


def _tolls(blocks: list[str]) -> list[float]:
    """What it costs to pass each block and still be in the article."""
    signed = [is_dated(block) or bool(cues.REACTION.search(block)) for block in blocks]
    price = _SIGNED if sum(signed) > 3 else 0.0
    return [
        _HEADING if cues.LINKS.search(block) else price * sign
        for block, sign in zip(blocks, signed, strict=True)
    ]


def _without_inserts(blocks: list[str], scores: list[float], path: list[int]) -> Iterator[str]:
    """Yield the body without the furniture in it, and without the links listed under a heading."""
    listing = False
    for block, score, state in zip(blocks, scores, path, strict=True):
        if is_junk(block):
            listing = bool(cues.LINKS.search(block)) or block.endswith(":")
        elif state == _BODY and not (listing and score < 0):
            listing = False
            yield block
