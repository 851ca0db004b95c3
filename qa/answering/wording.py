"""The phrases that Footnote says in its own voice, and how it writes dates and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from qa.records import Article, Relation

_COUNTED = 31  # days from which the date says more than "44 days later"
_FEW = dict(enumerate("two three four five six seven eight nine ten".split(), 2))

# What opens the values that articles give, each with its source.
DISAGREEMENT: Mapping[Relation, str] = {
    "contradiction": "The articles disagree.",
    "update": "This has changed.",
    "readings": "This may mean more than one thing.",
}
REFUSAL = "The articles don't answer that."
EMPTY_ARCHIVE = "There are no articles yet. Add some with: footnote ingest PATH"
EMPTY_SELECTION = "No article matches these filters. Widen the outlet or the dates and ask again."
EMPTY_QUESTION = "Ask a question about the articles, for example: What happened in Seoul?"
CUT = "The question is too long: only its first 2,000 characters were read."
GREETING = (
    "Hello. Ask me anything about the articles: I answer with their own sentences, "
    "each with a footnote, and say so when they are silent."
)
THANKS = "You're welcome. Ask on whenever you like."
ABILITIES = (
    "I answer questions from the articles with their own sentences, each with a footnote that "
    "opens the article at those words. Ask for a fact (who, when, how many), a list, a summary, "
    "who published something, or what the archive holds."
)


def day(published: date | None) -> str:
    """`4 September 2024`, or `undated`."""
    return f"{published.day} {published:%B %Y}" if published else "undated"


def source(article: Article) -> str:
    """`AP, 4 September 2024`, with what is known of the two."""
    dated = day(article.published) if article.published else ""
    return ", ".join(filter(None, (article.outlet, dated)))


def said_by(articles: Sequence[Article], since: date | None) -> str:
    """`AP and Reuters`, `Reuters, two days later`: who says something, and when.

    Args:
        articles: all that say it, the first of them first.
        since: when what it differs from was published, told before it.
    """
    names = enumeration(list(dict.fromkeys(one.outlet or f"“{one.title}”" for one in articles)))
    published = articles[0].published
    if not published or published == since:
        return names
    days = (published - since).days if since else 0
    return f"{names}, {_later(days)}" if 0 < days <= _COUNTED else f"{names}, {day(published)}"


def _later(days: int) -> str:
    return "a day later" if days == 1 else f"{_FEW.get(days, days)} days later"


def unanswered(question: str) -> str:
    """What stands in place of an answer to one of several questions."""
    return f"The articles don't answer: “{question.rstrip('?')}?”"


def enumeration(items: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def alternatives(items: list[str]) -> str:
    """`a, b or c`."""
    return " or ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def count(number: int, noun: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
