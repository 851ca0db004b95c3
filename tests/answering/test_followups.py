"""What a follow-up means, and that only what leans is changed."""

from __future__ import annotations

import time

import pytest

from qa import Assistant
from qa.answering.understanding.followups import standalone
from tests.bench.dialogues import history, turns

MET = ("Who met Lavrov in Moscow?", "Choe Son Hui.\n\nSergei Lavrov met Choe Son Hui. [1]")
ROUNDS = ("How many rounds did North Korea send to Russia?", "3 million.\n\nIt sent 3 million. [1]")
BUDGET = ("Did the council of Vell approve the budget?", "Yes.\n\nIt approved it on Monday. [1]")
SENT = ("How many soldiers were sent to Kursk in 2024?", "10,000.\n\nSome 10,000 went. [1]")

JAILED = ("Is the captain in prison?", "Yes.\n\nThe captain of the ferry Marisol is held. [1]")
VOTED = ("Who voted for the bus lane?", "Mayor Tom Okafor voted in favour.\n\nHe did so. [1]")


def said(before: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"role": "user", "content": before[0]},
        {"role": "assistant", "content": before[1]},
    ]


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (MET, "What did she say?", "What did Choe Son Hui say?"),
        (MET, "And when?", "When was it that Choe Son Hui met Lavrov in Moscow?"),
        (MET, "What about Borrell?", "Who met Borrell in Moscow?"),
        (MET, "And in Seoul?", "Who met Lavrov in Seoul?"),
        (MET, "Who else?", "Who else met Lavrov in Moscow?"),
        (ROUNDS, "When?", "When did North Korea send rounds to Russia?"),
        (BUDGET, "Why?", "Why did the council of Vell approve the budget?"),
        (SENT, "And in 2023?", "How many soldiers were sent to Kursk in 2023?"),
        (SENT, "When did they arrive?", "When did the soldiers arrive?"),
        (JAILED, "What is he accused of?", "What is the captain accused of?"),
        (VOTED, "When does it start?", "When does the bus lane start?"),
        (VOTED, "What did he say?", "What did Mayor Tom Okafor say?"),
        (VOTED, "Who said that?", "Who said that about the bus lane?"),
    ],
)
def test_what_leans_is_said_in_full(
    before: tuple[str, str], question: str, understood: str
) -> None:
    assert standalone(question, said(before)) == understood


@pytest.mark.parametrize(
    "question",
    [
        "Is there a bridge in Vell?",
        "How many artillery rounds did North Korea transfer to Russia?",
        "Who won the Tour of the Lakes?",
        "Why is the union striking?",
        "How many people were aboard the ferry when it ran aground?",
        "What articles do you have?",
        "And the hospital?",
    ],
)
@pytest.mark.parametrize("before", [MET, ROUNDS, BUDGET, SENT, JAILED, VOTED])
def test_what_stands_alone_stays(before: tuple[str, str], question: str) -> None:
    assert standalone(question, said(before)) == question


@pytest.mark.parametrize("name", ["dialogues", "topic-switches"])
def test_the_turns_of_our_own_that_stand_alone_stay(name: str) -> None:
    alone = [turn for turn in turns("dev", name) if turn["question"] == turn["standalone"]]
    assert len(alone) >= 10
    for turn in alone:
        assert standalone(turn["question"], history(turn)) == turn["question"]


VISIT = ("Which New Zealand leader visited Seoul?", "Christopher Luxon.\n\nHe was received. [1]")
TESTED = ("Which missile did North Korea test?", "Hwasong-19.\n\nIt tested the Hwasong-19. [1]")


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("Where was he welcomed?", "Where was Christopher Luxon welcomed?"),
        ("What did he say there?", "What did Christopher Luxon say in Seoul?"),
        ("Who greeted him?", "Who greeted Christopher Luxon?"),
    ],
)
def test_a_pronoun_takes_what_the_articles_show_to_be_of_its_kind(
    seeds: Assistant, question: str, understood: str
) -> None:
    answer = seeds.ask(question, [*said(VISIT), *said(TESTED)])
    assert answer.understood == understood


def test_it_is_nobody(seeds: Assistant) -> None:
    answer = seeds.ask("How large is it?", said(VISIT))
    assert answer.understood in {"How large is Seoul?", "How large is New Zealand?"}


def test_they_are_the_two_persons_of_whom_was_spoken(seeds: Assistant) -> None:
    answer = seeds.ask("Where did they meet?", said(MET))
    assert answer.understood == "Where did Lavrov and Choe Son Hui meet?"


def test_where_nobody_was_named_a_pronoun_stays(seeds: Assistant) -> None:
    before = said(("Is Seoul near Moscow?", "The articles don't answer that."))
    assert seeds.ask("Where was she welcomed?", before).understood == "Where was she welcomed?"


@pytest.mark.parametrize(
    "long", ["Vell Korr " * 5000, "vell " * 20_000, "“a " * 9000, " " * 20_000]
)
def test_long_words_do_not_hold_it_up(long: str) -> None:
    started = time.process_time()
    standalone(f"And {long}he?", [*said(MET), *said((long, long))])
    assert time.process_time() - started < 2
