"""A short dated digest, for "what happened" and "summarise"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from qa.answering.evidence import Evidence
from qa.answering.footnotes import Footnotes, unmarked
from qa.answering.wording import source
from qa.articles.sentences import Span, sentence_spans
from qa.language.words import stem, stems, words
from qa.records import Article

_SENTENCES = 4
_WORDS = 8  # what is shorter is seldom a sentence that tells something

_ASKS = re.compile(
    r"\bsummar(?:y|ies|ise|ize|ising|izing)\b|\bdigest of\b|\brecap\b|\bbrief me\b"
    r"|\b(?:an?|the|short|brief) (?:over|re)view\b"
    r"|\bwhat(?:'s| is| has| have)? (?:been )?(?:happen(?:ed|ing|s)?|going on)\b"
    r"|\bwhat(?:'s| is) new\b(?! \w+ly\b)"
    r"|\bwhat(?:'s| is| are) the (?:latest|news|main points|key points|story|gist)"
    r"(?= (?:on|about|from|in|of|with)\b|\W*$)"
    r"|\btell me (?:more )?about\b|\bcatch me up\b|\bwhat do (?:the|your) articles say about\b"
    r"|\bwhat (?:is|are) (?:this|these|it|the articles?|they) about\b|\btl;?dr\b",
    re.IGNORECASE,
)
_FRAME = frozenset(
    map(
        stem,
        "summarise summarize summary summaries overview review digest recap brief happened "
        "happening going new latest main points key story stories gist tell catch articles article "
        "archive text texts collection report reports week please short event events development "
        "developments".split(),
    )
)


def asked(question: str) -> bool:
    """Whether `question` wants a digest rather than a fact."""
    return bool(_ASKS.search(question))


def topic(question: str) -> set[str]:
    """The stems that say what the digest is to be about; empty for everything."""
    return set(stems(question)) - _FRAME


def on_topic(wanted: set[str], articles: Sequence[Article]) -> list[Article]:
    """The articles that hold the most of the topic's words, if that is two thirds of them."""
    held = [
        len(wanted & set(map(stem, words(f"{article.title} {article.outlet} {article.text}"))))
        for article in articles
    ]
    most = max(held, default=0)
    if most < 2 / 3 * len(wanted):
        return []
    return [article for article, number in zip(articles, held, strict=True) if number == most]


def compose(articles: Sequence[Article], wanted: set[str], footnotes: Footnotes) -> str:
    """One to four dated sentences, oldest first.

    Args:
        articles: what the digest is of, the most important first.
        wanted: the stems that it is to be about; empty for everything.
        footnotes: collects what is cited.
    """
    chosen = articles[:_SENTENCES]
    each = max(1, _SENTENCES // len(chosen))
    lines = []
    for article in sorted(chosen, key=lambda a: (a.published or date.max, a.id)):
        picked = telling(article, wanted, each)
        said = " ".join(f"{unmarked(e.text)} {footnotes.cite(e)}" for e in picked)
        named = unmarked(source(article))
        lines.append(f"{named}: {said}" if named else said)
    return "\n\n".join(lines)


def telling(article: Article, wanted: set[str], number: int = 1) -> list[Evidence]:
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
