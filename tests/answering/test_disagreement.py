"""Where articles disagree, the answer says who says what, and never calls agreement a conflict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa import Answer, Assistant
from qa.__main__ import app
from tests.bench.conflicts import cases, figures, outcomes, write

# A little under what was reached, for other processors: docs/measurements.md has the figures.
FLAGGED, FALSE_FLAGS, ALL_SHOWN = 0.8, 0.1, 0.75

TOLL = "How many people died in the quarry slide at Ennor?"
ARTICLES = [
    {
        "outlet": "Ennor Post",
        "published": "2024-03-04",
        "text": "Forty people died in the quarry slide at Ennor, the army said on Monday.",
    },
    {
        "outlet": "Stone Wire",
        "published": "2024-03-06",
        "text": "The quarry slide at Ennor killed 52 people, the hospital of the valley reported.",
    },
    {
        "outlet": "Ennor Post",
        "published": "2024-04-02",
        "text": "The bridge of Ennor will reopen on 9 April, the road office said.",
    },
    {
        "outlet": "Ennor Post",
        "published": "2024-04-08",
        "text": "The reopening of the bridge of Ennor has been postponed to 30 April.",
    },
    {
        "outlet": "Choir News",
        "published": "2024-05-01",
        "text": "Saint Bride's organ in Marrick has 3,100 pipes and a wooden case.",
    },
    {
        "outlet": "Choir News",
        "published": "2024-05-20",
        "text": "Saint Bride's organ in Tolm has 1,450 pipes, all of tin.",
    },
    {
        "outlet": "Stone Wire",
        "published": "2024-06-07",
        "text": "The minister Ana Corvin opened the Ennor museum on Wednesday.",
    },
    {
        "outlet": "Ennor Post",
        "published": "2024-06-06",
        "text": "On 5 June 2024 the Ennor museum was opened by Corvin, in the rain.",
    },
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles, ingested; open it read-only."""
    folder, archive = tmp_path_factory.mktemp("disagreeing"), tmp_path_factory.mktemp("archive")
    write(ARTICLES, folder, "article")
    with Assistant.open(archive) as assistant:
        assistant.ingest(folder)
    return archive


@pytest.fixture(scope="module")
def assistant(archive: Path) -> Iterator[Assistant]:
    with Assistant.open(archive, read_only=True) as assistant:
        yield assistant


def values(answer: Answer) -> dict[str, list[str]]:
    """Each value and the outlets that give it."""
    (conflict,) = answer.conflicts
    return {value.text: [c.outlet for c in value.citations] for value in conflict.values}


def test_the_text_says_who_says_what_each_with_its_footnote(assistant: Assistant) -> None:
    answer = assistant.ask(TOLL)
    assert values(answer) == {"52": ["Stone Wire"], "Forty": ["Ennor Post"]}
    assert answer.text.startswith(
        "The articles disagree. Ennor Post, 4 March 2024: Forty. [1]"
        " Stone Wire, two days later: 52. [2]"
    )
    assert answer.conflicts[0].relation == "contradiction"
    for value in answer.conflicts[0].values:
        for citation in value.citations:
            article = assistant.article(citation.article_id)
            assert citation in answer.citations
            assert value.text in citation.quote
            assert article.text[citation.start : citation.end] == citation.quote


def test_what_changed_later_is_an_update_and_its_answer_the_last_value(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("When will the bridge of Ennor reopen?")
    assert answer.conflicts[0].relation == "update"
    assert answer.text.startswith("This has changed. Ennor Post, 2 April 2024: 9 April. [1]")
    assert answer.short == "30 April"


def test_two_things_of_one_name_are_told_apart(assistant: Assistant) -> None:
    answer = assistant.ask("How many pipes does Saint Bride's organ have?")
    assert answer.conflicts[0].relation == "readings"
    readings = {value.reading: value.text for value in answer.conflicts[0].values}
    assert readings == {"Marrick": "3,100", "Tolm": "1,450"}
    assert "Marrick (Choir News, 1 May 2024): 3,100. [" in answer.text


@pytest.mark.parametrize(
    "question", ["Who opened the Ennor museum?", "When was the Ennor museum opened?"]
)
def test_wording_and_grain_are_no_conflict(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.answered
    assert not answer.conflicts
    assert len(answer.citations) == 2  # both say so


def test_an_answer_that_grows_tells_of_the_conflict_when_all_of_it_is_said(
    assistant: Assistant,
) -> None:
    *growing, whole = assistant.stream(TOLL)
    assert whole.conflicts
    for answer in growing:
        cited = {value for c in answer.conflicts for v in c.values for value in v.citations}
        assert cited <= set(answer.citations)


def test_the_command_line_shows_the_values_and_hands_them_out(archive: Path) -> None:
    where = ["ask", TOLL, "--archive", str(archive)]
    shown = CliRunner().invoke(app, where).output
    assert "The articles disagree. Ennor Post, 4 March 2024: Forty. [1]" in shown
    found = json.loads(CliRunner().invoke(app, [*where, "--json"]).output)
    (conflict,) = found["conflicts"]
    assert conflict["relation"] == "contradiction"
    assert {value["text"] for value in conflict["values"]} == {"Forty", "52"}


@pytest.mark.figures
def test_disagreement_is_found_as_well_as_it_was_and_not_where_there_is_none() -> None:
    reached = figures(list(outcomes(cases("dev"))))
    assert reached["flagged"] >= FLAGGED, reached
    assert reached["false flags"] <= FALSE_FLAGS, reached
    assert reached["all values shown"] >= ALL_SHOWN, reached
