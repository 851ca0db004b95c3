"""Whether gold pairs can be right: their articles exist, and say what the pairs say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qa.evaluation.gold import Gold, GoldFile, Problem
from qa.evaluation.library import Library
from qa.records import Article
from qa.selecting import selection


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    pairs: int
    problems: list[Problem] = field(default_factory=list)  # pairs that cannot be right
    remarks: list[Problem] = field(default_factory=list)  # a wording that stands nowhere, say


def check(gold: GoldFile, library: Library) -> Checked:
    """Look every pair of the file up in the articles that it names."""
    checked = Checked(len(gold.pairs), list(gold.problems))
    for pair, line in zip(gold.pairs, gold.lines, strict=True):
        problems = list(_problems(pair, library))
        checked.problems.extend(Problem(gold.path, line, reason) for reason in problems)
        if not problems:
            remarks = _remarks(pair, library)
            checked.remarks.extend(Problem(gold.path, line, reason) for reason in remarks)
    checked.problems.sort(key=lambda problem: problem.line)
    return checked


def _problems(pair: Gold, library: Library) -> Iterator[str]:
    for name in pair.articles:
        if not (found := library.called(name)):
            yield f"no article is called {name!r}"
        elif len(found) > 1:
            yield f"{len(found)} articles are called {name!r}: {', '.join(sorted(found))}"
    missing = any(library.named(name) is None for name in pair.articles)
    if missing or not pair.answerable:
        return
    ids = library.resolve(pair.articles)
    for quote in pair.quotes:
        if not any(_squeezed(quote) in _squeezed(library.text(id_)) for id_ in ids):
            yield f"the quote stands in none of its articles: {_short(quote)!r}"
    if not ids:
        return
    told = [answer for answer in pair.answers if _told(answer, ids, library)]
    if pair.all_wanted:
        untold = [answer for answer in pair.answers if answer not in told]
        yield from (f"the answer {_short(one)!r} stands in none of its articles" for one in untold)
    elif pair.answers and not told:
        yield f"the answer {_short(pair.answers[0])!r} stands in none of its articles"
    yield from (
        f"its filters leave {id_} out" for id_ in ids if not _passes(pair, library.articles[id_])
    )


def _remarks(pair: Gold, library: Library) -> Iterator[str]:
    ids = library.resolve(pair.articles)
    if not ids or pair.all_wanted or not pair.answerable:
        return
    for answer in pair.answers:
        if not _told(answer, ids, library):
            yield f"the wording {_short(answer)!r} stands in none of its articles (another does)"


def _told(answer: str, ids: tuple[str, ...], library: Library) -> bool:
    """In the text of one of them, or in what is known about it."""
    return library.says(answer, ids) or library.heads(answer, ids)


def _passes(pair: Gold, article: Article) -> bool:
    where = selection(pair.outlet, pair.since, pair.until, pair.within or None)
    if where.outlets is not None and article.outlet.casefold() not in where.outlets:
        return False
    if where.article_ids is not None and article.id not in where.article_ids:
        return False
    day = article.published.isoformat() if article.published else ""
    if (pair.since or pair.until) and not day:
        return False
    return (not pair.since or day >= pair.since) and (not pair.until or day <= pair.until)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
