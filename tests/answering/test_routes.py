"""The routes that need no reader: what they answer, and how sure they say they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa import Answer, Assistant, Config
from tests.conftest import SEEDS

DATA = Path(__file__).parents[1] / "data"
QUESTIONS = [
    json.loads(line) for line in (DATA / "route-questions.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("news") / "archive") as assistant:
        assistant.ingest(DATA / "news")
        yield assistant


def is_right(answer: Answer, question: dict[str, Any]) -> bool:
    if not question["answerable"]:
        return not answer.answered
    cited = {citation.article_id for citation in answer.citations}
    told = not question["answers"] or any(gold in answer.text for gold in question["answers"])
    return answer.answered and told and set(question["articles"]) <= cited


def test_the_routes_are_as_right_as_they_say(news: Assistant) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    sure: dict[str, list[float]] = defaultdict(list)
    for question in QUESTIONS:
        answer = news.ask(question["question"])
        kind = question["type"] if question["answerable"] else "unanswerable"
        right[kind].append(is_right(answer, question))
        sure[kind].append(answer.confidence if answer.answered else 0.0)
    for kind, marks in right.items():
        share = sum(marks) / len(marks)
        assert share >= 0.9, (kind, share)
        assert sum(sure[kind]) / len(marks) <= share + 0.06, (kind, share)
    assert max(max(values) for values in sure.values()) < 1


def test_no_route_answers_below_the_threshold(tmp_path: Path) -> None:
    config = Config(archive=tmp_path, threshold=0.99)
    with Assistant.open(config=config) as strict:
        strict.ingest(SEEDS)
        for question in ("Which outlets are there?", "Summarise the articles."):
            answer = strict.ask(question)
            assert not answer.answered
            assert answer.confidence < 0.99
        assert strict.ask("Hello!").answered  # claims nothing
