"""The sentences by which an article tells most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from qa.answering.gathering.evidence import Evidence
from qa.articles.sentences import Span, sentence_spans
from qa.language.words import stems
from qa.records import Article

_WORDS = 8  # what is shorter is seldom a sentence that tells something


def telling(article: Article, wanted: Set[str], number: int = 1) -> list[Evidence]:
    """The `number` sentences that say most of the topic, then of what the article keeps saying.

    Where nothing tells them apart the earlier one goes first: news opens with what matters. They
    come in the order of the text.
    """
    spans = [s for s in sentence_spans(article.text) if len(_text(article, s).split()) >= _WORDS]
    if not spans:
        start, end = sentence_spans(article.text)[0]
        return [Evidence(article.id, start, end, article.text[start:end], "", 1.0)]
    held = {span: set(stems(_text(article, span))) for span in spans}
    counts = Counter(word for present in held.values() for word in present)

    def weight(span: Span) -> tuple[int, float]:
        central = sum(counts[word] for word in held[span]) / max(len(held[span]), 1)
        return len(held[span] & wanted), central if span != spans[0] else float("inf")

    best = sorted(spans, key=weight, reverse=True)[:number]
    return [Evidence(article.id, *span, _text(article, span), "", 1.0) for span in sorted(best)]


def _text(article: Article, span: Span) -> str:
    return article.text[span[0] : span[1]]
