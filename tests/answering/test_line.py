"""The line of an answer: each sentence is drafted, checked and shown before the next is drafted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from qa import Answer, Assistant
from qa.answering.answerer import Answerer
from qa.answering.draft import Statement
from qa.answering.gathering.gathered import Gathered
from qa.answering.question import Question
from qa.answering.understanding.understand import understand
from qa.records import Filter, Verdict

ROUNDS = "How many artillery rounds did North Korea transfer to Russia?"


class Teller:
    """Drafts three sentences of its own on the likeliest evidence, and writes down when."""

    def __init__(self, steps: list[str]) -> None:
        self._steps = steps

    def draft(self, question: Question, gathered: Gathered) -> Iterator[Statement]:
        best = gathered.chosen[0].evidence[0]
        for number in range(3):
            self._steps.append(f"draft {number}")
            yield Statement(text=f"Sentence {number} [9].", evidence=(best,), joined=number > 0)


def test_a_sentence_is_drafted_checked_and_shown_before_the_next(seeds: Assistant) -> None:
    steps: list[str] = []

    def check(sentence: str, quotes: Sequence[str]) -> Verdict:
        steps.append(f"check {sentence[9]}")
        return Verdict("partly" if "1" in sentence else "supported", 0.5, quotes[0])

    line = Answerer(seeds._loaded._sources, drafter=Teller(steps), check=check)
    grown: list[Answer] = []
    for answer in line.stream(ROUNDS, None, Filter()):
        steps.append(f"shown {len(answer.sentences)}")
        grown.append(answer)
    assert steps == [
        f"{step} {number + (step == 'shown')}"
        for number in range(3)
        for step in ("draft", "check", "shown")
    ]
    whole = grown[-1]
    assert whole.text == "Sentence 0 (9). [1] Sentence 1 (9). [1] Sentence 2 (9). [1]"
    assert [one.verdict.label for one in whole.sentences if one.verdict] == [
        "supported", "partly", "supported",
    ]  # fmt: skip
    assert whole.sentences[0].verdict == Verdict("supported", 0.5, whole.citations[0].quote)
    assert line.answer(ROUNDS, None, Filter()) == whole


def test_what_quotes_needs_no_checker(seeds: Assistant) -> None:
    def never(sentence: str, quotes: Sequence[str]) -> Verdict:
        raise AssertionError(sentence)

    line = Answerer(seeds._loaded._sources, check=never)
    for question in (ROUNDS, "Summarise the articles", "Which articles mention Choe Son Hui?"):
        answer = line.answer(question, None, Filter())
        assert all(one.verdict == Verdict("supported", 1.0) for one in answer.sentences)


def test_the_losing_findings_are_kept(seeds: Assistant) -> None:
    question = understand(ROUNDS, None, Filter(), ())
    gathered = Gathered(question, seeds._loaded._sources)
    assert len(gathered.findings) > len(gathered.chosen) == 1
    likely = [one.probability for one in gathered.findings]
    assert likely == sorted(likely, reverse=True)


def test_what_was_understood_is_said(seeds: Assistant) -> None:
    history = [
        {"role": "user", "content": "Who met Lavrov in Moscow?"},
        {"role": "assistant", "content": "Lavrov received Choe Son Hui in Moscow. [1]"},
    ]
    asked = seeds.ask("Hello, what did she say?", history)
    assert asked.question == "Hello, what did she say?"
    assert "Choe Son Hui" in asked.understood
    assert seeds.ask(ROUNDS).understood == ROUNDS


@pytest.mark.parametrize(
    ("question", "dates", "numbers", "names", "outlets"),
    [
        (
            "Did AP say on 4 September 2024 that Luxon brought 40 or three ministers to Seoul?",
            ("4 September 2024",),
            ("40", "three"),
            ("AP", "Luxon", "Seoul"),
            ("AP",),
        ),
        ("What happened in May 2023?", ("May 2023",), (), (), ()),
        ("who may speak?", (), (), (), ()),
    ],
)
def test_what_a_question_states(
    question: str,
    dates: tuple[str, ...],
    numbers: tuple[str, ...],
    names: tuple[str, ...],
    outlets: tuple[str, ...],
) -> None:
    stated = understand(question, None, Filter(), ["AP", "Reuters"]).constraints
    assert (stated.dates, stated.numbers, stated.names, stated.outlets) == (
        dates, numbers, names, outlets,
    )  # fmt: skip
