"""Questions about the archive as a whole, answered from the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qa.answering.draft import Draft, said
from qa.answering.gathering.gathered import Gathered
from qa.answering.question import AboutArchive, ArchiveDetail, Question
from qa.answering.wording import count, day, enumeration
from qa.records import Head

_SHOWN = 12
# How often such an answer was right on questions of our own: docs/measurements.md.
_RIGHT = 0.93


def answer(question: Question, gathered: Gathered) -> Draft | None:
    """What there is to say of the archive; None where the outlets asked for have nothing."""
    about = question.intent
    assert isinstance(about, AboutArchive)
    articles = gathered.heads
    if not about.outlets:
        return said(_SAY[about.asked](articles), confidence=_RIGHT)
    chosen = [one for one in articles if one.outlet in about.outlets]
    if not chosen:
        return None
    say = _of_outlets if about.asked == "titles" else _SAY[about.asked]
    return said(say(chosen), confidence=_RIGHT)


def _of_outlets(articles: Sequence[Head]) -> str:
    outlets = enumeration(list(dict.fromkeys(article.outlet for article in articles)))
    verb = "is" if len(articles) == 1 else "are"
    head = f"There {verb} {count(len(articles), 'article')} from {outlets}."
    return "\n".join([head, "", *_listed(articles)])


def _how_many(articles: Sequence[Head]) -> str:
    outlets = {article.outlet for article in articles if article.outlet}
    named = f" from {count(len(outlets), 'outlet')}" if outlets else ""
    return f"The archive holds {count(len(articles), 'article')}{named}."


def _outlets(articles: Sequence[Head]) -> str:
    tally: dict[str, int] = {}
    for article in articles:
        name = article.outlet or "no outlet named"
        tally[name] = tally.get(name, 0) + 1
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    names = [f"{name} ({count(number, 'article')})" for name, number in ranked]
    return f"The articles come from {enumeration(_shortened(names))}."


def _titles(articles: Sequence[Head]) -> str:
    return "\n".join([_how_many(articles), "", *_listed(articles)])


def _listed(articles: Sequence[Head]) -> list[str]:
    more = len(articles) - _SHOWN
    rest = [f"… and {count(more, 'more article')}"] if more > 0 else []
    return [*(f"- {_line(article)}" for article in articles[:_SHOWN]), *rest]


def _latest(articles: Sequence[Head]) -> str:
    return _extreme(articles, "latest", -1)


def _oldest(articles: Sequence[Head]) -> str:
    return _extreme(articles, "oldest", 0)


def _extreme(articles: Sequence[Head], word: str, position: int) -> str:
    dated = _dated(articles)
    if not dated:
        return "None of the articles carries a date."
    return f"The {word} article is {_line(dated[position])}."


def _period(articles: Sequence[Head]) -> str:
    dated = _dated(articles)
    if not dated:
        return "None of the articles carries a date."
    undated = len(articles) - len(dated)
    rest = f"; {count(undated, 'article')} without a date" if undated else ""
    return f"The articles run from {day(dated[0].published)} to {day(dated[-1].published)}{rest}."


def _dated(articles: Sequence[Head]) -> list[Head]:
    return sorted(
        (article for article in articles if article.published),
        key=lambda article: (str(article.published), article.id),
    )


def _line(article: Head) -> str:
    about = ", ".join(filter(None, (article.outlet, day(article.published))))
    return f"“{article.title}” ({about})"


def _shortened(names: list[str]) -> list[str]:
    return names if len(names) <= _SHOWN else [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]


_SAY: Mapping[ArchiveDetail, Callable[[Sequence[Head]], str]] = {
    "outlets": _outlets,
    "count": _how_many,
    "latest": _latest,
    "oldest": _oldest,
    "period": _period,
    "titles": _titles,
}
