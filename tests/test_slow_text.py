"""Text that others wrote costs so much a character, however it was made to be slow.

What takes n characters in some time takes 4 n in about four times that; a quadratic pattern or
function takes sixteen times. Time is the thread's own, so that a busy machine does not count.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import qa.answering.drafting
import qa.answering.gathering
import qa.answering.routes
import qa.articles
import qa.checking
import qa.fetching
import qa.language
import qa.provenance
import vectorstore
from qa.answering.drafting.reply import sentences
from qa.articles.composing import composed
from qa.articles.dates import has_date, parse_date
from qa.articles.decoding import decode
from qa.articles.markdown import read_markdown
from qa.articles.metadata import Details
from qa.articles.plain import read_plain
from qa.articles.sentences import sentence_spans
from qa.articles.tables import is_row
from qa.articles.webpage import read_webpage
from qa.language.kinds import Kind, kind_of, offers
from qa.language.words import specifics
from qa.provenance.credits import credited
from qa.provenance.events import event
from qa.provenance.shingles import shingles
from qa.provenance.speakers import speech
from vectorstore.lexical import match_expression, searchable

TOO_STEEP = 9  # times as long for 4 times the text
NOTICED = 0.004  # seconds

UNITS = (
    *("1", "a", "A", "é", "會", " ", "\u00a0", "\n", ".", "!?", "…", "...", "。", "「。", "、"),
    *("a ", "A ", "1 ", "a, ", "a.", "A.", "A. ", "a-", "a’", "1.", "1,", "1-1-", "12/", "a  "),
    *("[", "[a](", "](", "![", "(", "()", "<", "<a ", "<!--", "</", "`", "*", "**a", "a*", "_a"),
    *("~", "# ", " #", "> ", "- ", "- a\n", "=", "|", "|a", "©", "© ", "(c) by", '"', "“", "\\"),
    *("&", "&#", "{", "http://a", "photo ", "by ", "By A ", "May 12, ", "2020-", "The ", "in A"),
    *("share ", "reply ", "1 ago", "said a ", "Ab Cd is ", "reprint ", "ltd ", "x\n\n", "a: b\n"),
)


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def held(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from held(part)
    elif isinstance(value, dict):
        yield from held(list(value.values()))


def written(module: ModuleType) -> Iterator[re.Pattern[str]]:
    """Patterns that stand in a call, such as `re.sub(r"…", …)`."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=name),
                args=[ast.Constant(value=str(pattern)), *_],
            ) if name != "compile":
                yield re.compile(pattern)


# What reads articles and what models write; a question is short.
PACKAGES = (
    *(qa.articles, qa.fetching, qa.language, qa.provenance, qa.checking, vectorstore),
    *(qa.answering, qa.answering.gathering, qa.answering.drafting, qa.answering.routes),
)
PATTERNS = {
    f"{module.__name__}:{pattern.pattern[:40]}": pattern
    for package in PACKAGES
    for module in modules(package)
    for pattern in (*held(list(vars(module).values())), *written(module))
}
FUNCTIONS: dict[str, Callable[[str], object]] = {
    "plain": read_plain,
    "markdown": read_markdown,
    "front matter": lambda text: read_markdown(f"---\ntitle: {text}\n{text}\n---\n"),
    "sentences": sentence_spans,
    "date": parse_date,
    "dated": has_date,
    "bytes": lambda text: decode(text.encode(), declared=True),
    "searchable": searchable,
    "query": match_expression,
    "kind": kind_of,
    "offers": lambda text: [offers(kind, text, "Who was it?") for kind in Kind],
    "specifics": specifics,
    "event": lambda text: event(text, date(2024, 9, 4)),
    "shingles": shingles,
    "credited": lambda text: credited(text, ""),
    "speech": lambda text: speech(text, len(text) // 2, len(text)),
    "row": is_row,
    "document": lambda text: composed(text.split("\n"), Details(), least=0),
    "reply": lambda text: list(sentences([text])),
}


def seconds(run: Callable[[str], object], text: str) -> float:
    start = time.thread_time()
    run(text)
    return time.thread_time() - start


def steep(run: Callable[[str], object], unit: str, tail: str = "", lengths: int = 700) -> bool:
    """Whether time grows faster than text; a first suspicion is looked at again, with more."""

    def text(length: int) -> str:
        return (unit * (length // len(unit) + 1))[:length] + tail

    for length in (lengths, 4 * lengths):
        long = seconds(run, text(4 * length))
        if long < NOTICED:
            return False
        if long < TOO_STEEP * min(seconds(run, text(length)) for _ in range(2)):
            return False
    return True


def finding(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_takes_quadratic_time(name: str) -> None:
    run = finding(PATTERNS[name])
    found = [(unit, tail) for unit in UNITS for tail in ("", "\0!") if steep(run, unit, tail)]
    assert not found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_reading_takes_quadratic_time(name: str) -> None:
    assert not [unit for unit in UNITS if steep(FUNCTIONS[name], unit)]


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<!--",
        "<![CDATA[",
        "<b>",
        "<p>a",
        "</p>",
        "a b. ",
        "<a href=",
        "&lt;",
        "<td>",
        "<tr><td>",
        "<table><tr><td>1</table>",
    ],
)
def test_no_page_takes_quadratic_time(unit: str) -> None:
    def read(text: str) -> None:
        with suppress(RecursionError):  # too deep is an answer, and a quick one
            read_webpage(text)

    assert not steep(read, unit, lengths=2_000)


def test_the_measure_sees_what_is_quadratic() -> None:
    assert steep(finding(re.compile(r"\d+x")), "1")
    assert steep(finding(re.compile(r"<[^>]*>")), "<")
    assert not steep(finding(re.compile(r"<[^<>]*>")), "<")
    assert len(PATTERNS) > 60
