"""Questions about an article itself: who published it, when, who wrote it, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qa.answering.draft import Draft, Statement
from qa.answering.gathering.gathered import Gathered
from qa.answering.gathering.telling import telling
from qa.answering.question import AboutArticle, ArticleDetail, Question
from qa.answering.wording import day, enumeration, source
from qa.language.words import stem, stems, words
from qa.records import Article

# How often such an answer was right on questions of our own: docs/measurements.md.
_RIGHT = 0.96


def answer(question: Question, gathered: Gathered) -> Draft | None:
    """The answer from an article's metadata; None where no article is the one meant."""
    about = question.intent
    assert isinstance(about, AboutArticle)
    found = _meant(about, gathered)
    if not found:
        return None
    said = [(article, *_SAY[about.asked](article)) for article in found]
    # Who and when stand in the opening, with its dateline; a mention where it is made.
    wanted = set(stems(about.topic)) if about.asked == "mention" else set()
    return Draft(
        statements=[
            Statement(text=line, evidence=tuple(telling(article, wanted)), carried=True)
            for article, line, _ in said
        ],
        confidence=_RIGHT,
        short=enumeration(list(dict.fromkeys(short for _, _, short in said if short))),
    )


def _meant(about: AboutArticle, gathered: Gathered) -> list[Article]:
    if not about.topic:
        # "Who published the article?" names none: it is clear only where there is one.
        articles = gathered.newest(2)
        return articles if len(articles) == 1 else []
    found = _matching(about, gathered.articles_near(about.topic))
    return found if about.several else found[:1]


def _matching(about: AboutArticle, articles: Sequence[Article]) -> list[Article]:
    """The articles that hold at least two thirds of the topic's words, the fullest match first."""
    wanted = {stem(word) for word in about.topic.split()}

    def share(article: Article) -> float:
        held = set(map(stem, words(f"{article.title} {article.outlet} {article.text}")))
        return len(wanted & held) / len(wanted)

    ranked = sorted(((share(article), -i) for i, article in enumerate(articles)), reverse=True)
    return [articles[-position] for found, position in ranked if found >= 2 / 3]


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


_SAY: Mapping[ArticleDetail, Callable[[Article], tuple[str, str]]] = {
    "mention": _mention,
    "outlet": _outlet,
    "byline": _byline,
    "published": _published,
    "title": _title,
    "url": _url,
}
