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


@pytest.mark.figures
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


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("PORT VARN, March 27, 2025 — Prosecutors opened an inquiry.", "Varn Gazette"),
        ("PORT VARN, March 27 — Prosecutors opened an inquiry.", "Varn Gazette"),
        ("PORT VARN - Prosecutors opened an inquiry.", "Varn Gazette, 27 March 2025"),
        ("VARN, March 3, 2024 — An inquiry was opened.", "Varn Gazette, 27 March 2025"),
        ("Prosecutors opened an inquiry on March 27, 2025.", "Varn Gazette, 27 March 2025"),
    ],
)
def test_a_digest_says_a_day_once(sentence: str, label: str, tmp_path: Path) -> None:
    front = "---\ntitle: The harbour\noutlet: Varn Gazette\npublished: 2025-03-27\n---\n\n"
    (tmp_path / "harbour.md").write_text(f"{front}{sentence}\n", encoding="utf-8")
    with Assistant.open(tmp_path / "archive") as assistant:
        assistant.ingest(tmp_path / "harbour.md")
        answer = assistant.ask("What happened?")
    assert answer.text == f"{label}: {sentence} [1]"
