"""Questions about the archive as a whole, answered from the store."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.wording import count, day, enumeration
from qa.language.words import stems
from qa.records import Article

_SHOWN = 12

# Words with which people ask about the archive. A question that says more than these is about
# something in the articles ("How many articles of the treaty …").
_VOCABULARY = set(
    stems(
        "articles stories reports pieces documents files texts outlets sources newspapers papers "
        "agencies publishers publications sites archive collection database index indexed loaded "
        "available stored contain hold cover covered include included list show count number total "
        "latest newest recent oldest earliest first last period date dates range time span far "
        "currently now know altogether there published source titles headlines title headline "
        "anything something got"
    )
)


def asked(question: str) -> bool:
    """Whether `question` may be about the archive: it names nothing beside it."""
    return set(stems(question)) <= _VOCABULARY


def outlets_named(question: str, outlets: Sequence[str]) -> tuple[list[str], str]:
    """The outlets that `question` names, and the question without their names.

    "AFP via The Citizen" goes by either name. Short names are told from words by their capitals.
    """
    named, rest = [], question
    for outlet in outlets:
        for name in filter(None, outlet.split(" via ")):
            case = 0 if len(name) <= 3 else re.IGNORECASE
            pattern = re.compile(rf"\b(?:the\s+)?{re.escape(name)}(?:['’]s)?(?!\w)", case)
            if pattern.search(question):
                named.append(outlet)
                rest = pattern.sub(" ", rest)
    return list(dict.fromkeys(named)), " ".join(rest.split())


def of_outlets(question: str, articles: Sequence[Article]) -> str:
    """The answer to a question about what there is of some outlets: `articles` are all of it."""
    if re.search(rf"{_EXTREME_WORDS} {_ARTICLES}", question.lower()):
        return reply(question, articles)
    outlets = enumeration(list(dict.fromkeys(article.outlet for article in articles)))
    verb = "is" if len(articles) == 1 else "are"
    head = f"There {verb} {count(len(articles), 'article')} from {outlets}."
    return "\n".join([head, "", *_listed(articles)])


def reply(question: str, articles: Sequence[Article]) -> str:
    """The answer to a question about the archive's `articles`, or an empty string."""
    lowered = question.lower()
    return next((say(articles) for asks, say in _ROUTES if re.search(asks, lowered)), "")


def _how_many(articles: Sequence[Article]) -> str:
    outlets = {article.outlet for article in articles if article.outlet}
    named = f" from {count(len(outlets), 'outlet')}" if outlets else ""
    return f"The archive holds {count(len(articles), 'article')}{named}."


def _outlets(articles: Sequence[Article]) -> str:
    tally: dict[str, int] = {}
    for article in articles:
        name = article.outlet or "no outlet named"
        tally[name] = tally.get(name, 0) + 1
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    names = [f"{name} ({count(number, 'article')})" for name, number in ranked]
    return f"The articles come from {enumeration(_shortened(names))}."


def _titles(articles: Sequence[Article]) -> str:
    return "\n".join([_how_many(articles), "", *_listed(articles)])


def _listed(articles: Sequence[Article]) -> list[str]:
    more = len(articles) - _SHOWN
    rest = [f"… and {count(more, 'more article')}"] if more > 0 else []
    return [*(f"- {_line(article)}" for article in articles[:_SHOWN]), *rest]


def _latest(articles: Sequence[Article]) -> str:
    return _extreme(articles, "latest", -1)


def _oldest(articles: Sequence[Article]) -> str:
    return _extreme(articles, "oldest", 0)


def _extreme(articles: Sequence[Article], word: str, position: int) -> str:
    dated = _dated(articles)
    if not dated:
        return "None of the articles carries a date."
    return f"The {word} article is {_line(dated[position])}."


def _period(articles: Sequence[Article]) -> str:
    dated = _dated(articles)
    if not dated:
        return "None of the articles carries a date."
    undated = len(articles) - len(dated)
    rest = f"; {count(undated, 'article')} without a date" if undated else ""
    return f"The articles run from {day(dated[0].published)} to {day(dated[-1].published)}{rest}."


def _dated(articles: Sequence[Article]) -> list[Article]:
    return sorted(
        (article for article in articles if article.published),
        key=lambda article: (str(article.published), article.id),
    )


def _line(article: Article) -> str:
    about = ", ".join(filter(None, (article.outlet, day(article.published))))
    return f"“{article.title}” ({about})"


def _shortened(names: list[str]) -> list[str]:
    return names if len(names) <= _SHOWN else [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]


_ARTICLES = (
    r"(?:articles?|stor(?:y|ies)|reports?|pieces?|documents?|files|texts|headlines?|titles?)"
)
_OUTLETS = (
    r"(?:outlets?|sources?|newspapers?|papers|agenc(?:y|ies)|publishers?|publications?|sites?)"
)
_EXTREME_WORDS = r"(?:latest|newest|most recent|last|oldest|earliest|first)"
_ROUTES = (
    (rf"how many {_OUTLETS}|(?:which|what|list|show).*{_OUTLETS}", _outlets),
    (rf"how many {_ARTICLES}|(?:number|count) of {_ARTICLES}|how (?:big|large)", _how_many),
    (rf"(?:latest|newest|most recent|last) {_ARTICLES}", _latest),
    (rf"(?:oldest|earliest|first) {_ARTICLES}", _oldest),
    (r"period|date range|time ?span|what dates|how far back|from when|which dates", _period),
    (
        r"(?:which|what|list|show)(?: (?:me|all|the|of|are|do|your|other))*"
        r" (?:articles|stories|reports|pieces|documents|files|texts|headlines|titles)"
        r"|what (?:do you (?:have|know|cover)|is in the (?:archive|collection|database))"
        r"|what does the archive (?:hold|contain|cover)",
        _titles,
    ),
)
