"""Asks every gold question and marks what comes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.assistant import Assistant
from qa.config import NO_MODEL
from qa.errors import FootnoteError
from qa.evaluation.gold import Gold, numbered
from qa.evaluation.journal import Journal
from qa.evaluation.library import Library
from qa.evaluation.outcome import Outcome
from qa.evaluation.outcomes import outcome_of
from qa.evaluation.report import Report
from qa.evaluation.subject import AssistantSubject, CallableSubject, Subject
from qa.records import Article

if TYPE_CHECKING:
    from qa.evaluation.judge import Judge

Progress = Callable[[str, int, int], None]
Ask = Callable[[Gold], Outcome]


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
    llm: str | None = NO_MODEL,
    on_progress: Progress | None = None,
) -> Report:
    """Ask every gold question and measure the answers.

    Args:
        assistant: an `Assistant`, or any callable that takes a question and returns a text, or
            something with a `text`; see `CallableSubject`.
        gold: the questions, with what is right.
        articles: what a callable answers from; an assistant knows its own.
        name: what the run is called.
        about: kept in the report: settings, say.
        jobs: how many questions are asked at once. More is sooner; each takes longer.
        journal: a file that keeps what is done, so that a run that was cut goes on. It stays when
            the run is finished; remove it once the report is kept.
        judge: also has a language model judge the answers.
        llm: the language model that writes an assistant's answers, as `Assistant.ask` takes it;
            "none": the articles' own sentences.
        on_progress: told `(stage, done, total)`.

    Raises:
        FootnoteError: there are no articles, no question could be asked, or the judge failed.
    """
    subject = _subject(assistant, articles, llm)
    library = Library(subject.articles())
    if not library.articles:
        raise FootnoteError("There are no articles to answer from: footnote ingest FOLDER.")
    keys = numbered(gold)
    loading = _warm_up(subject, gold)
    began = time.perf_counter()
    header = _header(subject, library, name, keys, judge, about)
    with Journal(journal, header) if journal else nullcontext() as kept:
        done = dict(kept.done) if kept else {}
        missing = [(key, one) for key, one in zip(keys, gold, strict=True) if key not in done]
        for key, outcome in _asked(_ask(subject, library, judge), missing, jobs):
            done[key] = outcome
            if kept and not outcome.error:  # what failed is asked again
                kept.add(key, outcome)
            if on_progress:
                on_progress("Asking", len(done), len(gold))
    outcomes = [done[key] for key in keys]
    if outcomes and all(one.error for one in outcomes):
        raise FootnoteError(f"No question could be asked: {outcomes[0].error}")
    times = {
        "seconds": round(time.perf_counter() - began, 2),
        "asked_now": len(missing),
        "loading_seconds": round(loading, 2),
        "jobs": jobs,
    }
    return Report(name, outcomes, {**(about or {}), **_stamp(library), **times})


def _subject(
    assistant: Assistant | Callable[..., Any], articles: Iterable[Article] | None, llm: str | None
) -> Subject:
    if isinstance(assistant, Assistant):
        return AssistantSubject(assistant, llm)
    return CallableSubject(assistant, articles or ())


def _header(
    subject: Subject,
    library: Library,
    name: str,
    keys: list[str],
    judge: Judge | None,
    about: dict[str, Any] | None,
) -> dict[str, Any]:
    """What a run must have in common with a journal to go on from it."""
    return {
        "name": name,
        "version": version("footnote-qa"),
        "subject": subject.name,
        "archive": library.fingerprint,
        "judged": judge is not None,
        "about": about,
        "gold": keys,
    }


def _stamp(library: Library) -> dict[str, Any]:
    return {
        "version": version("footnote-qa"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "archive": {"fingerprint": library.fingerprint, "articles": len(library.articles)},
        "outlets": {id_: one.outlet for id_, one in library.articles.items()},
    }


def _warm_up(subject: Subject, gold: Sequence[Gold]) -> float:
    """Ask the first question once for nothing, so that no latency holds the loading of models."""
    started = time.perf_counter()
    if gold:
        with suppress(Exception):  # it is asked again, and then the error is written down
            subject.ask(gold[0])
    return time.perf_counter() - started


def _ask(subject: Subject, library: Library, judge: Judge | None) -> Ask:
    def ask(gold: Gold) -> Outcome:
        outcome = outcome_of(subject, library, gold)
        if judge is None or outcome.error:
            return outcome
        judged = judge.marks(gold, outcome.text, [one.quote for one in outcome.cited])
        return replace(outcome, marks={**outcome.marks, **judged})

    return ask


def _asked(
    ask: Ask, missing: Sequence[tuple[str, Gold]], jobs: int
) -> Iterator[tuple[str, Outcome]]:
    """Outcomes as they come. Leaving early, by Ctrl-C say, lets only those under way finish."""
    stop = threading.Event()

    def one(gold: Gold) -> Outcome | None:
        return None if stop.is_set() else ask(gold)

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
