"""What an answer shows of its evidence: sources, times, speakers, and what was known when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa import Assistant, Config, FootnoteError
from qa.__main__ import app
from qa.answering.understanding.hindsight import as_of
from qa.answering.understanding.timelines import timeline_asked_for

ARTICLES = {
    "begins.md": (
        "Sund Wire", "2023-04-05",
        "The crane drivers of Sund have been on strike since last March. Eleven ships are waiting "
        "in the roads, the port office said. \"We want nine percent more pay,\" union leader Tove "
        "Arn said on the radio.",
    ),
    "talks.md": (
        "Harbour Post", "2023-06-14",
        "Talks in the strike of the crane drivers of Sund broke off on Monday. Tove Arn has become "
        "the best known woman of the port, an observer of the strike wrote; pay is all she thinks "
        "of. Forty ships are waiting now.",
    ),
    "ends.md": (
        "Sund Wire", "2023-11-20",
        "The crane drivers of Sund ended their strike on Friday. They get seven percent more pay "
        "from January. The port manager, Rolf Hemm, said that the strike had cost 90 million "
        "crowns.",
    ),
    "ends-reprint.md": (
        "Upland Courier", "2023-11-21",
        "The crane drivers of Sund ended their strike on Friday. They get seven percent more pay "
        "from January. The port manager, Rolf Hemm, stated that the strike had cost 90 million "
        "crowns.",
    ),
}  # fmt: skip


def write(folder: Path) -> Path:
    """Put the articles into a folder."""
    for name, (outlet, published, text) in ARTICLES.items():
        head = (
            f"---\ntitle: Strike of the crane drivers\noutlet: {outlet}\npublished: {published}\n"
        )
        (folder / name).write_text(f"{head}---\n\n{text}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The strike as three articles and a reprint tell it."""
    folder, archive = write(tmp_path_factory.mktemp("strike")), tmp_path_factory.mktemp("archive")
    with Assistant.open(archive) as assistant:
        assert len(assistant.ingest(folder).added) == len(ARTICLES)
    return archive


@pytest.fixture(scope="module")
def strike(archive: Path) -> Iterator[Assistant]:
    # How well it is read is for others to tell.
    config = Config(reader="small")
    with Assistant.open(archive, config=config, read_only=True) as assistant:
        yield assistant


def test_a_time_that_leans_on_its_article_is_spelled_out(strike: Assistant) -> None:
    answer = strike.ask("Since when have the crane drivers of Sund been on strike?")
    assert answer.text.startswith("Last March (March 2023). [1]")
    assert answer.short.endswith("last March")  # the article's own words
    first = answer.citations[0]
    assert first.event == "March 2023"
    assert first.event_date is not None
    assert first.event_date.isoformat() == "2023-03-01"


def test_two_printings_are_one_source(strike: Assistant) -> None:
    answer = strike.ask("How much did the strike of the crane drivers cost?")
    assert answer.sourced == "2 articles, 1 independent source"
    assert [c.article_id for c in answer.citations] == ["ends.md"]
    assert answer.citations[0].copies == ("ends-reprint.md",)
    assert answer.citations[0].speaker == "Rolf Hemm"


def test_only_what_was_published_by_a_day_answers(strike: Assistant) -> None:
    question = "How many ships are waiting in the roads of Sund?"
    before = strike.ask(question, as_of="2023-05-01")
    assert {c.article_id for c in before.citations} == {"begins.md"}
    line = "As of 1 May 2023: only what was published by then is used (1 of 4 articles)."
    assert before.notes == (line,)
    named = strike.ask(f"As of May 2023, {question}")
    assert "As of 31 May 2023" in named.notes[0]
    assert named.understood == f"As of 31 May 2023: {question}"
    assert strike.ask(named.understood).text == named.text


def test_what_lies_after_the_day_is_told(strike: Assistant) -> None:
    late = strike.ask("Who is Rolf Hemm?", as_of="2023-05-01")
    assert not late.answered
    assert late.text.startswith("Nothing published by 1 May 2023 answers that; later articles do")
    assert late.nearest[0].article_id.startswith("ends")
    none = strike.ask("How many ships are waiting?", as_of="2020-01-01")
    assert none.text == (
        "No article was published by 1 January 2020: the earliest article is of 5 April 2023."
    )


def test_a_stream_ends_with_what_ask_returns(strike: Assistant) -> None:
    question = "How many ships are waiting in the roads of Sund?"
    *_, last = strike.stream(question, as_of="2023-05-01")
    assert last == strike.ask(question, as_of="2023-05-01")


def test_what_is_no_day_is_told_in_a_line(strike: Assistant) -> None:
    with pytest.raises(FootnoteError, match="write it as 2024-09-04"):
        strike.ask("Who?", as_of="May 2023")


def test_the_command_line_knows_the_day_and_prints_all_of_it(archive: Path) -> None:
    question = "How many ships are waiting in the roads of Sund?"
    asked = ["ask", question, "--archive", str(archive), "--as-of", "2023-05-01"]
    shown = json.loads(CliRunner().invoke(app, [*asked, "--json"]).output)
    assert (shown["sources"], shown["citations"][0]["copies"]) == (1, [])
    assert {"speaker", "event_date"} <= shown["citations"][0].keys()
    plain = CliRunner().invoke(app, asked).output
    assert "As of 1 May 2023" in plain
    assert "1 article, 1 independent source" in plain


def test_somebodys_words_come_before_words_about_them(strike: Assistant) -> None:
    answer = strike.ask("What did Tove Arn say about pay?")
    assert answer.citations[0].speaker == "Tove Arn"
    assert answer.citations[0].occasion == "on the radio"


def test_a_timeline_is_dated_across_articles(strike: Assistant) -> None:
    answer = strike.ask("How did the strike of the crane drivers develop?")
    assert [point.when for point in answer.timeline] == [
        "March 2023", "12 June 2023", "17 November 2023",
    ]  # fmt: skip
    assert [point.first for point in answer.timeline] == ["Sund Wire", "Harbour Post", "Sund Wire"]
    assert [point.citation for point in answer.timeline] == list(answer.citations)
    assert "17 November 2023 (first reported by Sund Wire)" in answer.text
    assert answer.sourced == "4 articles, 2 independent sources"
    json.dumps(asdict(answer), default=str)


def test_a_question_of_one_time_leaves_others_aside_and_says_so(strike: Assistant) -> None:
    answer = strike.ask("How many ships were waiting in June 2023?")
    assert answer.short.startswith("Forty"), answer
    assert re.fullmatch(
        r"Asked of June 2023: \d findings? of another time left aside.", *answer.notes
    )


@pytest.mark.parametrize(
    ("question", "day", "rest"),
    [
        ("As of June 2024, how many died?", "2024-06-30", "How many died?"),
        ("How many had died as of 3 May 2024?", "2024-05-03", "How many had died?"),
        ("Who leads the port as of Monday?", None, "Who leads the port as of Monday?"),
        ("Is it as of old?", None, "Is it as of old?"),
    ],
)
def test_a_question_names_its_day(question: str, day: str | None, rest: str) -> None:
    found, left = as_of(question)
    assert (found.isoformat() if found else None, left) == (day, rest)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How did the ferry strike develop?", True),
        ("Timeline of the ferry strike", True),
        ("Show me a chronology of the merger.", True),
        ("How has the storm evolved so far?", True),
        ("How did Ada Lund develop the vaccine?", False),
        ("How did the talks end?", False),
    ],
)
def test_which_questions_want_a_timeline(question: str, wanted: bool) -> None:
    assert (timeline_asked_for(question) is not None) == wanted


def test_a_doubtful_date_is_told_of_the_article_its_citations_and_in_the_list(
    tmp_path: Path,
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "fog.md").write_text(
        "---\ntitle: Fog closes the harbour\noutlet: Sund Wire\npublished: 2025-08-01\n---\n\n"
        "The harbour of Sund was closed on Oct. 3 because of fog. On Oct. 5 a pilot boat ran "
        "aground; its crew was saved. The port captain, Ola Brandt, resigned on Oct. 9.\n",
        "utf-8",
    )
    with Assistant.open(tmp_path / "archive") as assistant:
        assistant.ingest(tmp_path / "news")
        (line,) = assistant.article("fog.md").warnings
        assert line == (
            "Its date, 1 August 2025, may be wrong: it tells of October 2024 as of days just past."
        )
        assert assistant.articles()[0].warnings == (line,)
        answer = assistant.ask("Why was the harbour of Sund closed?")
        assert answer.citations[0].warnings == (line,)
        assert answer.citations[0].event == "3 October 2024"
    where = ["articles", "--archive", str(tmp_path / "archive")]
    listed = json.loads(CliRunner().invoke(app, [*where, "--json"]).output)
    assert listed[0]["warnings"] == [line]
    assert line in CliRunner().invoke(app, where).output
