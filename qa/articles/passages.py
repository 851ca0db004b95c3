"""An article cut into passages: sentences in a row, as the embedding model reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.articles.sentences import Span, sentence_spans
from vectorstore.passage import Passage
from vectorstore.records import Article

CountPieces = Callable[[Sequence[str]], list[int]]

PIECES = 128  # in a longer passage the reader misses more, and takes longer (docs/measurements.md)
_SPECIAL_PIECES = 2  # [CLS] and [SEP]
_TITLE_CHARACTERS = 200  # a headline longer than this is not one, and would crowd out the text
_WORD = re.compile(r"\S+")


def passages(
    article: Article, piece_counts: CountPieces, *, max_pieces: int = PIECES, overlap: int = 1
) -> list[Passage]:
    """Cut `article` at sentence boundaries into passages that the embedding model reads whole.

    Args:
        article: what to cut.
        piece_counts: how many word pieces the embedding model makes of each text.
        max_pieces: what the model reads, the title and date in front of the text included. More
            than `PIECES` are not used.
        overlap: how many sentences a passage repeats from the one before it.
    """
    room = min(max_pieces, PIECES) - _SPECIAL_PIECES
    published = article.published.isoformat() if article.published else ""
    title = _title(article.title, published, piece_counts, room // 2)
    room -= piece_counts([f"{title} {published}"])[0]
    sentences = _fitting(article.text, sentence_spans(article.text), piece_counts, room)
    counts = piece_counts([article.text[start:end] for start, end in sentences])
    return [
        _passage(article, title, sentences[first:last])
        for first, last in _windows(counts, room, overlap)
    ]


def _title(title: str, published: str, piece_counts: CountPieces, room: int) -> str:
    """As much of the title as fits beside the date: the text comes first."""
    title = title[:_TITLE_CHARACTERS]
    left = room - piece_counts([published])[0]
    parts = _fitting(title, [(0, len(title))], piece_counts, left) if left > 0 else [(0, 0)]
    return title[slice(*parts[0])]


def _fitting(text: str, sentences: list[Span], piece_counts: CountPieces, room: int) -> list[Span]:
    """Cut sentences that alone exceed the room (tables, lists, no punctuation) between words."""
    counts = piece_counts([text[start:end] for start, end in sentences])
    fitting: list[Span] = []
    for span, count in zip(sentences, counts, strict=True):
        fitting.extend([span] if count <= room else _cut(text, span, piece_counts, room))
    return fitting


def _cut(text: str, span: Span, piece_counts: CountPieces, room: int) -> list[Span]:
    # A "word" of more than `room` characters (a script without spaces) is cut by characters: each
    # character is at most one piece there.
    words = [
        (start, min(start + room, match.end()))
        for match in _WORD.finditer(text, *span)
        for start in range(match.start(), match.end(), room)
    ]
    counts = piece_counts([text[start:end] for start, end in words])
    return [(words[a][0], words[b - 1][1]) for a, b in _windows(counts, room, overlap=0)]


def _windows(counts: list[int], room: int, overlap: int) -> list[tuple[int, int]]:
    """Group consecutive items into runs whose counts sum to at most `room`."""
    windows: list[tuple[int, int]] = []
    first = 0
    while first < len(counts):
        last, total = first, 0
        while last < len(counts) and (last == first or total + counts[last] <= room):
            total += counts[last]
            last += 1
        windows.append((first, last))
        if last == len(counts):
            break
        # Repeat as many sentences as asked, if the next one still fits beside them.
        first = last
        while first > windows[-1][0] + 1 and last - first < overlap:
            if sum(counts[first - 1 : last + 1]) > room:
                break
            first -= 1
    return windows


def _passage(article: Article, title: str, sentences: list[Span]) -> Passage:
    start, end = sentences[0][0], sentences[-1][1]
    return Passage(
        id=f"{article.id}#{start}-{end}",
        article_id=article.id,
        title=title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        text=article.text[start:end],
        start=start,
        end=end,
        sentences=tuple(sentences),
    )
