"""Asks every gold question and marks what comes."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.assistant import Assistant
from qa.errors import FootnoteError
from qa.evaluation.diagnosis import FAILED, diagnose
from qa.evaluation.gold import Gold
from qa.evaluation.journal import Journal
from qa.evaluation.library import Library
from qa.evaluation.marking import Expectation, mark
from qa.evaluation.outcome import Cited, Found, Outcome
from qa.evaluation.report import Report
from qa.evaluation.subject import Asked, AssistantSubject, CallableSubject, Subject
from qa.records import Article, Hit

if TYPE_CHECKING:
    from qa.evaluation.judge import Judge

Progress = Callable[[str, int, int], None]

DEEPER = 50  # how far down a proving passage that was not read is looked for
_KEPT = 10  # passages and
_BEGINNING = 160  # characters of each that a report keeps
_MARK = re.compile(r"\s*\[\d+\]")


def evaluate(
    assistant: Assistant | Callable[..., Any],
    gold: Sequence[Gold],
    *,
    articles: Iterable[Article] | None = None,
    name: str = "evaluation",
    about: dict[str, Any] | None = None,
    jobs: int = 1,
    journal: Path | None = None,
    judge: Judge | None = None,
    on_progress: Progress | None = None,
) -> Report:
    """Ask every gold question and measure the answers.

    Args:
        assistant: an `Assistant`, or any callable that takes a question and returns something with
            a `text`; see `CallableSubject`.
        gold: the questions, with what is right.
        articles: what a callable answers from; an assistant knows its own.
        name: what the run is called.
        about: kept in the report: settings, say.
        jobs: how many questions are asked at once. More is sooner; each takes longer.
        journal: a file that keeps what is done, so that a run that was cut goes on.
        judge: also has a language model judge the answers.
        on_progress: told `(stage, done, total)`.
    """
    subject = _subject(assistant, articles)
    library = Library(subject.articles())
    keys = _keys(gold)
    made_with = {"version": version("footnote-qa"), "archive": library.fingerprint}
    what = {"name": name, "gold": keys, **made_with, "about": about}
    loading = _warm_up(subject, gold)
    began = time.perf_counter()
    with Journal(journal, what) if journal else nullcontext() as kept:
        done = dict(kept.done) if kept else {}
        before = len(done)
        missing = [(key, one) for key, one in zip(keys, gold, strict=True) if key not in done]
        for key, outcome in _asked(subject, library, missing, jobs, judge):
            done[key] = outcome
            if kept:
                kept.add(key, outcome)
            if on_progress:
                on_progress("Asking", len(done), len(gold))
    outcomes = [done[key] for key in keys]
    if outcomes and all(one.error for one in outcomes):
        raise FootnoteError(f"No question could be asked: {outcomes[0].error}")
    return Report(
        name,
        outcomes,
        {
            **(about or {}),
            "version": version("footnote-qa"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(time.perf_counter() - began, 2),
            "asked_now": len(gold) - before,
            "loading_seconds": round(loading, 2),
            "jobs": jobs,
            "archive": {"fingerprint": library.fingerprint, "articles": len(library.articles)},
            "outlets": {id_: one.outlet for id_, one in library.articles.items()},
        },
    )


def _subject(
    assistant: Assistant | Callable[..., Any], articles: Iterable[Article] | None
) -> Subject:
    if isinstance(assistant, Assistant):
        return AssistantSubject(assistant)
    return CallableSubject(assistant, articles or ())


def _keys(gold: Sequence[Gold]) -> list[str]:
    """A key for each pair; a pair that comes again has a number behind it."""
    seen: Counter[str] = Counter()
    keys = []
    for one in gold:
        seen[one.key] += 1
        keys.append(one.key if seen[one.key] == 1 else f"{one.key}-{seen[one.key]}")
    return keys


def _warm_up(subject: Subject, gold: Sequence[Gold]) -> float:
    """Ask the first question once for nothing, so that no latency holds the loading of models."""
    started = time.perf_counter()
    if gold:
        with suppress(Exception):  # it is asked again, and then the error is written down
            subject.ask(gold[0])
    return time.perf_counter() - started


def _asked(
    subject: Subject,
    library: Library,
    missing: Sequence[tuple[str, Gold]],
    jobs: int,
    judge: Judge | None,
) -> Iterator[tuple[str, Outcome]]:
    """Outcomes as they come. Leaving early, by Ctrl-C say, lets only those under way finish."""
    stop = threading.Event()

    def one(gold: Gold) -> Outcome | None:
        return None if stop.is_set() else _outcome(subject, library, gold, judge)

    with ThreadPoolExecutor(jobs, "evaluation") as pool:
        waiting: dict[Future[Outcome | None], str] = {
            pool.submit(one, gold): key for key, gold in missing
        }
        try:
            for future in as_completed(waiting):
                if outcome := future.result():
                    yield waiting[future], outcome
        finally:
            stop.set()


def _outcome(subject: Subject, library: Library, gold: Gold, judge: Judge | None) -> Outcome:
    expected = Expectation(gold, library)
    try:
        asked = subject.ask(gold)
    except Exception as error:  # whatever the subject raises is that question's result
        line = str(error).partition("\n")[0] or type(error).__name__
        # It counts as nothing said; where nothing answers, saying nothing is no merit of an error.
        marks = mark(expected, text="", short="", answered=False, cited=(), found=())
        if not gold.answerable:
            marks = dict.fromkeys(marks, 0.0)
        return Outcome(
            gold, expected.articles, marks=marks, right=False, diagnosis=FAILED, error=line
        )
    found = asked.found
    if not found and expected.articles:
        found = subject.deeper(asked.asked, gold, _KEPT)
    return _marked(
        subject, library, expected, asked, [_found(expected, hit) for hit in found], judge
    )


def _marked(
    subject: Subject,
    library: Library,
    expected: Expectation,
    asked: Asked,
    found: list[Found],
    judge: Judge | None,
) -> Outcome:
    gold, answer = expected.gold, asked.answer
    answered = bool(getattr(answer, "answered", True))
    short = getattr(answer, "short", "") if answered else ""
    text = _MARK.sub("", answer.text)
    cited = tuple(_cited(expected, library, one) for one in getattr(answer, "citations", ()))
    marks = mark(expected, text=text, short=short, answered=answered, cited=cited, found=found)
    if judge:
        marks |= judge.marks(gold, text, [one.quote for one in cited])
    right = _right(expected, text, short, answered)
    diagnosis = ""
    if right is False:
        proven = any(one.holds for one in found)
        deeper = [] if proven or not gold.answerable else subject.deeper(asked.asked, gold, DEEPER)
        diagnosis = diagnose(
            answerable=gold.answerable,
            answered=answered,
            indexed=bool(expected.articles) or not gold.articles,
            read=found,
            deeper=[_found(expected, hit) for hit in deeper],
        )
    return Outcome(
        gold,
        expected.articles,
        text=answer.text,
        short=short,
        answered=answered,
        confidence=float(getattr(answer, "confidence", float(answered))),
        withheld="" if answered else asked.short,
        cited=cited,
        found=tuple(found[:_KEPT]),
        seconds=asked.seconds,
        marks=marks,
        right=right,
        sure=_sure(expected, asked.short, right, answered),
        diagnosis=diagnosis,
    )


def _right(expected: Expectation, text: str, short: str, answered: bool) -> bool | None:
    """Whether the answer would do; None where the gold names no answer and one was given."""
    gold = expected.gold
    if not gold.answerable or not answered:
        return answered == gold.answerable
    if not gold.answers:
        return None
    return expected.is_right(short) if short else expected.score(text)[2] == 1


def _sure(expected: Expectation, short: str, right: bool | None, answered: bool) -> bool | None:
    """Whether the answer that confidence speaks of is right, also where it was withheld."""
    gold = expected.gold
    if not gold.answerable:
        return False
    if not gold.answers or not short:
        return right if answered else False
    return expected.is_right(short)


def _cited(expected: Expectation, library: Library, citation: Any) -> Cited:
    text = library.text(citation.article_id)
    start, end = getattr(citation, "start", None), getattr(citation, "end", None)
    there = citation.quote in text if start is None else text[start:end] == citation.quote
    return Cited(
        article_id=citation.article_id,
        title=getattr(citation, "title", ""),
        quote=citation.quote,
        right=expected.proves(citation.article_id, citation.quote),
        verified=bool(citation.quote) and there,
    )


def _found(expected: Expectation, hit: Hit) -> Found:
    return Found(
        article_id=hit.article_id,
        title=getattr(hit, "title", ""),
        start=getattr(hit, "start", 0),
        end=getattr(hit, "end", 0),
        text=" ".join(hit.text.split())[:_BEGINNING],
        right=expected.right(hit.article_id),
        holds=expected.proves(hit.article_id, hit.text),
    )
