"""The questions of `tests.bench.understanding` ask what the articles really say."""

from pathlib import Path

import pytest

from qa.metrics.answers import holds
from tests.bench.understanding import FOLDERS, questions

PARTS = {"dev": 150, "final": 80}


def articles() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for f in FOLDERS for path in Path(f).glob("*.md")}


@pytest.mark.parametrize("part", PARTS)
def test_every_quote_stands_in_its_article_and_proves_the_answer(part: str) -> None:
    texts = articles()
    for _, gold in questions(part):
        assert bool(gold.answers) == bool(gold.quotes) == gold.answerable, gold.question
        for quote in gold.quotes:
            assert any(quote in texts[name] for name in gold.articles), quote
        told = [any(holds(quote, answer) for quote in gold.quotes) for answer in gold.answers]
        if gold.answerable and gold.type != "yesno":
            assert all(told) if gold.all_wanted else any(told), gold.question


def test_a_third_of_the_questions_must_be_refused_and_no_question_is_in_both_parts() -> None:
    asked = {part: [gold for _, gold in questions(part)] for part in PARTS}
    for part, least in PARTS.items():
        refused = sum(not gold.answerable for gold in asked[part])
        assert len(asked[part]) >= least
        assert 0.3 <= refused / len(asked[part]) <= 0.4
    both = [gold.question.casefold() for part in asked.values() for gold in part]
    assert len(both) == len(set(both))
