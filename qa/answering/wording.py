"""The phrases that Footnote says in its own voice, and how it writes dates and names."""

from __future__ import annotations

from datetime import date

from qa.records import Article

REFUSAL = "The articles don't answer that."
EMPTY_ARCHIVE = "There are no articles yet. Add some with: footnote ingest PATH"
EMPTY_SELECTION = "No article matches these filters. Widen the outlet or the dates and ask again."
EMPTY_QUESTION = "Ask a question about the articles, for example: What happened in Seoul?"
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


def unanswered(question: str) -> str:
    """What stands in place of an answer to one of several questions."""
    return f"The articles don't answer: “{question.rstrip('?')}?”"


def enumeration(items: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def count(number: int, noun: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
