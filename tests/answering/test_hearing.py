"""How much of a question is taken in."""

from __future__ import annotations

import time

import pytest

from qa import Assistant
from qa.answering import wording

ASKED = "Who received Choe Son Hui in Moscow?"


@pytest.mark.parametrize(
    "long", ["A." * 40_000, "word " * 200_000, "Who? " * 100_000, "(" * 500_000, ASKED * 20_000]
)
def test_a_long_question_takes_hardly_longer_and_is_told_of(seeds: Assistant, long: str) -> None:
    usual = taken(seeds, ASKED)
    assert taken(seeds, long) < 2 + 10 * usual
    answer = seeds.ask(long)
    assert answer.notes[0] == wording.CUT
    assert len(answer.question) == 2_000
    assert len(answer.understood) < 4_000


def taken(seeds: Assistant, question: str) -> float:
    begun = time.process_time()
    seeds.ask(question)
    return time.process_time() - begun


def test_a_question_as_long_as_may_be_is_not_told_of(seeds: Assistant) -> None:
    assert not seeds.ask(f"{ASKED}{' ' * (2_000 - len(ASKED))}").notes


def test_what_was_said_before_is_as_bounded(seeds: Assistant) -> None:
    history = [{"role": "user", "content": "A." * 400_000}] * 200
    begun = time.process_time()
    seeds.ask("And who was he?", history)
    assert time.process_time() - begun < 2 + 10 * taken(seeds, ASKED)


def test_half_a_character_is_no_error(seeds: Assistant) -> None:
    answer = seeds.ask(f"{ASKED} \udc80")
    answer.question.encode()
    assert seeds.search("Moscow \ud800", top_k=1)
    assert seeds.ask("Who?", [{"role": "user", "content": "\udfff"}])
