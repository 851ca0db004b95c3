"""Questions about an article itself: who published it, when, who wrote it, where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answering.wording import day, source
from qa.language.words import stem, telling_words, words
from qa.records import Article

_ARTICLE = r"(?:article|stor(?:y|ies)|piece|report|coverage|text|retelling|news item)s?"
_OUTLET = (
    r"(?:outlet|newspaper|paper|(?:news )?(?:agency|agencie|organi[sz]ation)|publication|publisher"
    r"|(?:news )?site|wire)s?"
)
_PUBLISH = r"(?:publish|report|cover|run|ran|carr(?:y|i)|writ|wrote|put out|release|break|broke)\w*"

# Each route: how such a question is asked, and which words of it frame rather than name the topic.
_APPEARED = r"(?:publish|releas|print|dat|writ|appear)\w*|c[oa]me out"
_ASKS: tuple[tuple[str, str], ...] = (
    (
        "mention",
        rf"^\W*(?:which|what|list|show|find)(?: me)?(?: all)?(?: the| of the)* {_ARTICLE}"
        r"(?: that| which)? (?:mention|name|cover|discuss|talk about|deal with|are about|is about"
        r"|about|on|report on)\w*",
    ),
    ("outlet", rf"^\W*(?:which|what) (?:news )?{_OUTLET} (?:has |have )?{_PUBLISH}"),
    ("outlet", rf"^\W*(?:which|what) (?:news )?{_OUTLET} is the\b.*\b{_ARTICLE}\b"),
    ("outlet", rf"\bwho (?:has |have )?(?:published|ran|carried|put out)\b.*\b{_ARTICLE}\b"),
    ("outlet", r"^\W*who (?:has |have )?(?:reported|wrote|writes) (?:on|about)\b"),
    ("outlet", rf"\b(?:source|publisher|outlet) (?:of|for|behind) the\b.*\b{_ARTICLE}\b"),
    ("byline", rf"\b(?:who (?:wrote|is the author of)|author|byline)\b.*\b{_ARTICLE}\b"),
    ("published", rf"\b(?:when|what (?:day|date)|which day)\b.*\b{_ARTICLE}\b.*\b(?:{_APPEARED})"),
    ("published", rf"\b(?:when|what (?:day|date))\b.*\b(?:{_APPEARED})\b.*\b{_ARTICLE}\b"),
    ("published", rf"\bdate of\b.*\b{_ARTICLE}\b|\bhow old is the\b.*\b{_ARTICLE}\b"),
    ("title", rf"\b(?:title|headline) (?:of|for)\b.*\b(?:{_ARTICLE}|about|on)\b"),
    ("url", rf"\b(?:link|url|web ?address) (?:of|to|for)\b.*\b{_ARTICLE}\b"),
    ("url", rf"\bwhere can i (?:read|find)\b.*\b{_ARTICLE}\b"),
)
_SEVERAL = re.compile(
    r"\b(?:which|what) (?:news )?"
    r"(?:outlets|newspapers|papers|agencies|organi[sz]ations|publications|sites|publishers)\b"
)
_OF_IT = re.compile(
    r"^\W*(?:(?:and|but) )?(?:who|when|which \w+|where)\b.{0,20}\b(?:it|this|that)\b"
    rf"|^\W*(?:(?:and|but) )?(?:who|which \w+) {_PUBLISH} (?:it|this|that)\b"
)
_FRAME = re.compile(
    rf"\b(?:{_ARTICLE}|{_OUTLET}|{_PUBLISH}|{_APPEARED}|title|headline|link|url|author\w*|byline"
    r"|source|publication|news|come|came|out|old|day|find|original)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AboutArticle:
    """What is asked of an article, and the words that say which article is meant."""

    asked: str  # mention, outlet, byline, published, title or url
    topic: str
    several: bool  # "which outlets …", "which articles …"


def understand(question: str, *, follows: bool = False) -> AboutArticle | None:
    """Return what is asked of an article, or None where the question is about the news itself.

    Args:
        question: made to stand alone.
        follows: an answer came before it, so "Who published it?" means that answer's article.
    """
    lowered = question.lower()
    if follows and _OF_IT.search(lowered):
        lowered = re.sub(r"\b(?:it|this|that)\b", "the article", lowered, count=1)
    for asked, pattern in _ASKS:
        if re.search(pattern, lowered):
            several = asked == "mention" or bool(_SEVERAL.search(lowered))
            rest = re.sub(pattern, " ", question, flags=re.IGNORECASE) if several else question
            return AboutArticle(asked, _topic(rest), several)
    return None


def _topic(question: str) -> str:
    return " ".join(telling_words(_FRAME.sub(" ", question)))


def matching(about: AboutArticle, articles: Sequence[Article]) -> list[Article]:
    """The articles that hold at least two thirds of the topic's words, the fullest match first."""
    wanted = {stem(word) for word in about.topic.split()}

    def share(article: Article) -> float:
        held = set(map(stem, words(f"{article.title} {article.outlet} {article.text}")))
        return len(wanted & held) / len(wanted) if wanted else 1.0

    ranked = sorted(((share(article), -i) for i, article in enumerate(articles)), reverse=True)
    return [articles[-position] for found, position in ranked if found >= 2 / 3]


def sentence(about: AboutArticle, article: Article) -> tuple[str, str]:
    """The line that answers, and its short form; the short form is empty where it isn't known."""
    say: dict[str, Callable[[Article], tuple[str, str]]] = {
        "mention": _mention,
        "outlet": _outlet,
        "byline": _byline,
        "published": _published,
        "title": _title,
        "url": _url,
    }
    return say[about.asked](article)


def _mention(article: Article) -> tuple[str, str]:
    named = source(article)
    return f"“{article.title}”{f' ({named})' if named else ''}", article.title


def _outlet(article: Article) -> tuple[str, str]:
    if not article.outlet:
        return f"“{article.title}” does not name its outlet.", ""
    dated = f" on {day(article.published)}" if article.published else ""
    return f"“{article.title}” was published by {article.outlet}{dated}.", article.outlet


def _byline(article: Article) -> tuple[str, str]:
    if article.byline:
        return f"“{article.title}” was written by {article.byline}.", article.byline
    named = f" It comes from {article.outlet}." if article.outlet else ""
    return f"“{article.title}” names no author.{named}", article.outlet


def _published(article: Article) -> tuple[str, str]:
    if not article.published:
        return f"“{article.title}” carries no date.", ""
    by = f" by {article.outlet}" if article.outlet else ""
    return f"“{article.title}” was published{by} on {day(article.published)}.", day(
        article.published
    )


def _title(article: Article) -> tuple[str, str]:
    named = source(article)
    return f"The headline is “{article.title}”{f' ({named})' if named else ''}.", article.title


def _url(article: Article) -> tuple[str, str]:
    if not article.url:
        return f"“{article.title}” came without a link.", ""
    return f"“{article.title}” stands at {article.url}", article.url
