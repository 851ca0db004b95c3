"""What a follow-up leans on, put into it: the question as it would be asked alone."""

from __future__ import annotations

import pytest

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.usable import usable
from qa.answering.question import (
    Digest,
)
from qa.answering.understanding.followups import points_back, standalone
from qa.answering.understanding.understand import as_fact
from tests.answering.test_understanding import HISTORY, intent, understood


def test_a_pronoun_takes_the_subject_of_the_conversation() -> None:
    asked = standalone("What did she say?", HISTORY)
    assert "Choe Son Hui" in asked
    assert asked.startswith("What did Choe Son Hui say?")


@pytest.mark.parametrize(
    ("question", "sentence", "short", "expected"),
    [
        (
            "Which countries signed?",
            "On Monday, Japan, the United States and New Zealand signed.",
            "Japan",
            "Japan, the United States and New Zealand",
        ),
        ("Which country signed?", "It was signed by Japan and France.", "Japan", "Japan"),
        ("Which countries signed?", "It was signed by Japan.", "Japan", "Japan"),
        ("Which countries signed?", "Japan and France met; Peru signed.", "Peru", "Peru"),
    ],
)
def test_a_list_takes_the_whole_enumeration(
    question: str, sentence: str, short: str, expected: str
) -> None:
    found = Evidence("a", 0, len(sentence), sentence, short, 0.9)
    assert [one.short for one in usable(as_fact(understood(question)), [found])] == [expected]


@pytest.mark.parametrize(
    ("before", "said", "asked", "expected"),
    [
        (
            "Who was the guest of President Yoon?",
            "New Zealand's prime minister, Christopher Luxon.",
            "When did he take office?",
            "When did Christopher Luxon take office?",
        ),
        (
            "Which South Korean foreign minister spoke with Borrell?",
            "That was Cho Tae-yul.",
            "And whom did he meet?",
            "Whom did Cho Tae-yul meet?",
        ),
        (
            "Who signed the statement?",
            "Ten countries, among them Japan.",
            "How many of them are European?",
            "How many of ten countries are European?",
        ),
    ],
)
def test_a_pronoun_takes_the_person_and_nobody_else(
    before: str, said: str, asked: str, expected: str
) -> None:
    turns = [{"role": "user", "content": before}, {"role": "assistant", "content": said}]
    assert standalone(asked, turns).startswith(expected)


def test_the_chain_of_follow_ups_is_traced_to_a_question_that_stands_alone() -> None:
    longer = [
        *HISTORY,
        {"role": "user", "content": "And when?"},
        {"role": "assistant", "content": "In January. [1]"},
    ]
    assert "Lavrov" in standalone("Why?", longer)


def test_a_question_that_stands_alone_stays_as_it_is() -> None:
    question = "How many artillery rounds did North Korea transfer to Russia?"
    assert standalone(question, HISTORY) == question
    assert standalone("What did she say?", []) == "What did she say?"


def test_a_summary_of_everything_leans_on_nothing() -> None:
    assert intent("Summarise the news", HISTORY) == Digest()
    assert not points_back("Summarise the news")
    assert points_back("Summarise it")


def test_history_may_come_in_parts_as_chat_programs_send_it() -> None:
    parts = [{"role": "user", "content": [{"type": "text", "text": "Who met Lavrov in Moscow?"}]}]
    assert "Lavrov" in standalone("And when?", parts)
