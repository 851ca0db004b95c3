"""A short dated digest, for "what happened" and "summarise"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from qa.answering.evidence import Evidence
from qa.answering.footnotes import Footnotes, unmarked
from qa.answering.wording import source
from qa.articles.sentences import sentence_spans
from qa.reader.words import FUNCTION_WORDS, stem, words
from qa.records import Article

_SENTENCES = 4

_ASKS = re.compile(
    r"\bsummar(?:y|ies|ise|ize|ising|izing)\b|\b(?:over|re)view\b|\bdigest\b|\brecap\b|\bbrief me\b"
    r"|\bwhat(?:'s| is| has| have)? (?:been )?(?:happen(?:ed|ing|s)?|going on|new)\b"
    r"|\bwhat(?:'s| is| are) the (?:latest|news|main points|key points|story|gist)\b"
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
    return {stem(word) for word in words(question) if word.lower() not in FUNCTION_WORDS} - _FRAME


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


def compose(
    articles: Sequence[Article],
    footnotes: Footnotes,
    score: Callable[[Article], Sequence[Evidence]],
) -> str:
    """One to four dated sentences, oldest first.

    Args:
        articles: what the digest is of, the most important first.
        footnotes: collects what is cited.
        score: the sentences of an article, the most telling first.
    """
    chosen = articles[:_SENTENCES]
    each = max(1, _SENTENCES // len(chosen))
    lines = []
    for article in sorted(chosen, key=lambda a: (a.published or date.max, a.id)):
        picked = _picked(article, score(article), each)
        said = " ".join(f"{unmarked(e.text)} {footnotes.cite(e)}" for e in picked)
        named = source(article)
        lines.append(f"{named}: {said}" if named else said)
    return "\n\n".join(lines)


def _picked(article: Article, telling: Sequence[Evidence], number: int) -> list[Evidence]:
    """The lead, and beside it the most telling sentences; in the order of the text."""
    picked = [lead(article)] if number > 1 or not telling else [telling[0]]
    for evidence in telling:
        if len(picked) >= number:
            break
        if all(evidence.start >= e.end or evidence.end <= e.start for e in picked):
            picked.append(evidence)
    return sorted(picked, key=lambda e: e.start)


def lead(article: Article) -> Evidence:
    """The first sentence of some length: what an article opens with."""
    spans = sentence_spans(article.text)
    start, end = next((s for s in spans if len(article.text[slice(*s)].split()) >= 8), spans[0])
    return Evidence(article.id, start, end, article.text[start:end], "", 1.0)
