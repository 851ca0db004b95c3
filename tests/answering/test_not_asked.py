"""What was answered with full confidence though nobody had asked it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from qa import Assistant
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.usable import usable
from qa.answering.understanding.archive import about_archive
from qa.answering.understanding.articles import about_article
from qa.answering.understanding.digests import digest_asked_for
from qa.answering.understanding.followups import standalone
from qa.answering.understanding.persons import person_asked_for
from qa.answering.understanding.smalltalk import small_talk, without_greeting
from qa.answering.understanding.understand import understand
from qa.language.asking import asks_for_list
from qa.language.values import same_value, told
from qa.records import Filter

ORM = """Three ships left the harbour of Orm on Friday evening, and one sank off the Vell light \
within the hour, the coastguard said. Its crew of nine was taken off by helicopter before midnight.

Harbour master Lena Holm said a review had been promised to the families of the sailors.
"""


@pytest.mark.parametrize(
    "question",
    [
        "Why was the review held?",
        "Who wrote the summary of the talks?",
        "Who published the article?",
        "Who wrote the report?",
        "When was the story published?",
    ],
)
def test_what_names_no_article_gets_neither_an_outlet_nor_a_digest(
    seeds: Assistant, question: str
) -> None:
    answer = seeds.ask(question)
    assert not answer.answered
    assert answer.nearest


def test_where_there_is_one_article_it_is_the_one_meant(seeds: Assistant) -> None:
    assert seeds.ask("Who published the article?", outlet="AP").short == "AP"


@pytest.mark.parametrize(
    "question", ["Is there a bridge in Vell?", "Were there survivors of the storm?"]
)
def test_there_is_names_no_place(question: str) -> None:
    said = [
        {"role": "user", "content": "Who met Lavrov in Moscow?"},
        {"role": "assistant", "content": "Lavrov received Choe Son Hui in Moscow. [1]"},
    ]
    assert standalone(question, said) == question
    assert "in Moscow" in standalone("Whom did he meet there?", said)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("guilty", "not guilty"),
        ("the mayor resigned", "the mayor never resigned"),
        ("up to 3 million", "more than 3 million"),
        ("at least 40", "fewer than 40"),
        ("no survivors", "survivors"),
        ("no more than 40", "over 40"),
    ],
)
def test_what_is_denied_or_bounded_otherwise_is_not_the_same(a: str, b: str) -> None:
    assert not same_value(told(a), told(b))
    assert not same_value(told(b), told(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3 million", "at least 3 million rounds"),
        ("more than 40", "at least 40"),
        ("Luxon", "Prime Minister Christopher Luxon"),
        ("not guilty", "not guilty of fraud"),
    ],
)
def test_another_wording_is_the_same(a: str, b: str) -> None:
    assert same_value(told(a), told(b))
    assert same_value(told(b), told(a))


def test_one_is_an_answer_to_how_many(tmp_path: Path) -> None:
    (tmp_path / "orm.txt").write_text(ORM)
    with Assistant.open(tmp_path / "archive") as assistant:
        assistant.ingest(tmp_path / "orm.txt")
        assert assistant.ask("How many ships sank off the Vell light?").short == "one"


@pytest.mark.parametrize("short", ["one", "no", "few", "once", "Both"])
def test_a_count_that_is_a_function_word_is_kept(short: str) -> None:
    question = understand("How many ships sank?", None, Filter(), ())
    found = [
        Evidence("a", 0, 9, "One sank.", short, 0.9),
        Evidence("a", 9, 18, "Nine.", "nine", 0.3),
    ]
    assert [one.short for one in usable(question, found)] == [short, "nine"]
    silent = [Evidence("a", 0, 9, "It sank.", "it", 0.9), found[1]]
    assert [one.short for one in usable(question, silent)] == ["nine"]


@pytest.mark.parametrize(
    "question",
    [
        "Which minister leads the talks in Vell?",
        "Which president visits Seoul?",
        "Which company owns Norrlight?",
        "Which company makes ferries?",
        "What drives the price of fish?",
    ],
)
def test_one_is_asked_for_where_a_verb_ends_in_s(question: str) -> None:
    assert not asks_for_list(question)


@pytest.mark.parametrize(
    "question",
    ["Which ministers lead the talks?", "Which European countries signed?", "What rules apply?"],
)
def test_a_list_is_asked_for_by_a_plural(question: str) -> None:
    assert asks_for_list(question)


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Hi-tech exports rose by how much?", "Hi-tech exports rose by how much?"),
        ("Hello - who met Lavrov?", "who met Lavrov?"),
        ("Hi – who met Lavrov?", "who met Lavrov?"),
        ("Hi, who met Lavrov?", "who met Lavrov?"),
    ],
)
def test_a_hyphen_belongs_to_its_word(said: str, question: str) -> None:
    assert without_greeting(said) == question


@pytest.mark.parametrize(
    "words", ["when published ", "what article ", "which outlet ", "who is A "]
)
def test_a_long_question_is_understood_in_time_that_grows_with_its_length(words: str) -> None:
    question = words * 4000
    started = time.perf_counter()
    small_talk(question)
    about_archive(question, ["AP"])
    about_article(question)
    digest_asked_for(question, question)
    person_asked_for(question)
    asks_for_list(question)
    assert time.perf_counter() - started < 1.0
