"""A question's own time, and times that lean on their article."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answering.gathering.dating import (
    of_another_time,
    of_the_time,
    spelled_out,
    time_asked_of,
)
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.findings import Finding
from qa.language.kinds import Kind

JUNE = (date(2024, 6, 1), date(2024, 6, 30))


def said(text: str, short: str = "", article: str = "a") -> Evidence:
    return Evidence(article, 0, len(text), text, short, 0.9)


@pytest.mark.parametrize(
    ("text", "short", "told"),
    [
        ("The mill closed last March.", "last March", "last March (March 2024)"),
        ("The mill closed on Monday.", "Monday", "Monday (9 September 2024)"),
        ("The mill closed on Sept. 2.", "Sept. 2", "Sept. 2"),
        ("The mill closed in 2019.", "2019", "2019"),
        ("The mill closed long ago.", "long ago", "long ago"),
    ],
)
def test_what_leans_on_its_article_is_spelled_out(text: str, short: str, told: str) -> None:
    assert spelled_out(said(text, short), Kind.TIME, date(2024, 9, 10)) == told


def test_only_a_time_that_is_asked_for_is_spelled_out() -> None:
    one = said("The mill that closed on Monday was Dahl's.", "Monday")
    assert spelled_out(one, Kind.OTHER, date(2024, 9, 10)) == "Monday"


@pytest.mark.parametrize(
    ("question", "time"),
    [
        ("What burned down in June 2024?", JUNE),
        ("What burned down in June?", None),
        ("What burned down between June 2023 and May 2024?", None),
        ("What burned down?", None),
    ],
)
def test_the_one_time_that_a_question_names(question: str, time: object) -> None:
    assert time_asked_of(question) == time


def test_another_time_is_told_by_the_sentence_and_its_article() -> None:
    july = said("The mill burned down on 3 July 2024.")
    assert of_another_time(july, JUNE, date(2024, 7, 4))
    assert not of_another_time(july, JUNE, date(2024, 6, 4))  # the article is of that time
    assert not of_another_time(said("The mill burned down."), JUNE, date(2024, 7, 4))
    assert not of_another_time(july, JUNE, None)


def test_what_is_of_another_time_is_left_aside_but_never_all_of_it() -> None:
    june = Finding("a", (said("It burned on 4 June 2024.", article="june"),), 0.4)
    july = Finding("b", (said("It burned on 3 July 2024.", article="july"),), 0.8)
    published = {"june": date(2024, 6, 5), "july": date(2024, 7, 4)}
    assert of_the_time([july, june], JUNE, published.__getitem__) == [june]
    assert of_the_time([july], JUNE, published.__getitem__) == [july]
