"""Two questions asked in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa import Assistant
from qa.answering.understanding.compound import parts


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "When did the lock open, and who designed it?",
            ["When did the lock open?", "who designed the lock?"],
        ),
        (
            "When and where did Renner speak?",
            ["When did Renner speak?", "where did Renner speak?"],
        ),
        (
            "What caused the blackout in Eastmoor and how long did it last?",
            [
                "What caused the blackout in Eastmoor?",
                "how long did the blackout in Eastmoor last?",
            ],
        ),
        ("Who is Renner? What did she say?", ["Who is Renner?", "What did she say?"]),
        ("Who opened it, and also when?", ["Who opened it?", "when?"]),
        ("Who won in 1931 and 1935?", ["Who won in 1931?", "Who won in 1935?"]),
    ],
)
def test_each_question_is_one(question: str, expected: list[str]) -> None:
    assert parts(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What did Renner and Brandt discuss?",
        "Who designed the lock?",
        "Who ruled between 1931 and 1935?",
        "What and who?",
        "Renner and who designed the lock",
        "Is it true that Renner left and that Brandt stayed?",
        "Who is Renner? Who is Brandt? Who is Holm? Who is Vell? Who is Orm?",
        "Who designed the lock? Thanks!",
        "Who designed the lock? I read about it.",
        "What did Renner say about who pays and how much?",
        "When the lock opened, who was mayor and who was minister?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parts(question) == [question]


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lock.txt").write_text(
        "The new lock on the river Vell opened on 4 May 1931. It was designed by Ada Renner, the "
        "harbour's engineer, who had built two bridges before.\n\n"
        "The lock has cost 40 million crowns, and ferries pass it free of charge.\n"
    )
    assistant = Assistant.open(tmp_path / "archive")
    assistant.ingest(folder)
    return assistant


def test_both_are_answered_and_quoted(assistant: Assistant) -> None:
    with assistant:
        answer = assistant.ask("When did the new lock open, and who designed it?")
        assert "4 May 1931" in answer.short
        assert "Ada Renner" in answer.short
        assert [one.number for one in answer.citations] == [1, 2]
        assert all(f"{one.quote} [{one.number}]" in answer.text for one in answer.citations)


def test_what_is_silent_is_said(assistant: Assistant) -> None:
    with assistant:
        answer = assistant.ask("Who designed the lock, and who won the boat race in Oslo?")
        assert answer.answered
        assert answer.short == "Ada Renner"
        assert "don't answer: “who won the boat race in Oslo?”" in answer.text


def test_nothing_is_answered_where_both_are_silent(assistant: Assistant) -> None:
    with assistant:
        answer = assistant.ask("Who won the boat race in Oslo, and how many people saw the film?")
        assert not answer.answered
        assert answer.nearest


def test_a_conversation_goes_before_it(assistant: Assistant) -> None:
    said = [
        {"role": "user", "content": "What did the lock cost?"},
        {"role": "assistant", "content": "40 million crowns."},
    ]
    with assistant:
        answer = assistant.ask("When did it open, and who designed it?", history=said)
        assert "Ada Renner" in answer.short
        silent = assistant.ask("Who designed it, and who won the race in Oslo?", history=said)
        assert silent.text.endswith("don't answer: “who won the race in Oslo?”")


def test_one_sentence_for_both_is_quoted_once(assistant: Assistant) -> None:
    with assistant:
        answer = assistant.ask("Who designed the lock, and what had Renner built before?")
        quotes = [one.quote for one in answer.citations]
        assert all(answer.text.count(quote) == 1 for quote in quotes)
        assert answer.confidence >= 0.41
