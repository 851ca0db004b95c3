"""What an answer counts is held against what the question counts."""

from __future__ import annotations

import pytest

from qa.answering.gathering.counted import counts_other
from vectorstore.embedding import Embedding

AREAS = "The pact covers 15 areas, among them fishing."


@pytest.fixture(scope="module")
def embedding() -> Embedding:
    return Embedding.open()


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("How many areas does the pact cover?", AREAS, "15"),
        ("How long is the pact?", AREAS, "15"),
        ("How many did it cover?", AREAS, "15"),
        ("How many people were hurt?", "The boat, 52, sank.", "52"),
    ],
)
def test_what_is_counted_alike_or_not_at_all_tells_nothing(
    embedding: Embedding, question: str, sentence: str, short: str
) -> None:
    assert counts_other(question, sentence, short, embedding.encode) == pytest.approx(0, abs=1e-3)


def test_what_counts_something_else_is_told_and_what_is_near_is_nearer(
    embedding: Embedding,
) -> None:
    far = counts_other("How many pages has the pact?", AREAS, "15", embedding.encode)
    near = counts_other("How many zones does it cover?", AREAS, "15", embedding.encode)
    assert far > 0.5 > near > 0


def test_what_counts_nothing_is_no_answer(embedding: Embedding) -> None:
    question = "How many days did she spend in Pell?"
    text = "She was in Pell for the opening in July, the mayor said."
    assert counts_other(question, text, "in July", embedding.encode) == 1


def test_only_the_answers_own_number_is_asked(embedding: Embedding) -> None:
    both = "It printed 2,000 copies, and 30 shops sold them."
    question = "How many copies were printed?"
    assert counts_other(question, both, "2,000 copies", embedding.encode) < 1e-3
    assert counts_other(question, both, "30 shops", embedding.encode) > 0.3
