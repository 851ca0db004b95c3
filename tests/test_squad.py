"""SQuAD's own files become articles and gold pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.errors import UnreadableFile
from qa.evaluation.squad import load_squad

SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Lunde_(town)",
            "paragraphs": [
                {
                    "context": "Lunde has a harbour.",
                    "qas": [
                        {
                            "id": "1",
                            "question": "What has Lunde?",
                            "answers": [
                                {"text": "a harbour", "answer_start": 10},
                                {"text": "a harbour", "answer_start": 10},
                            ],
                        },
                        {
                            "id": "2",
                            "question": "Who built it?",
                            "answers": [],
                            "is_impossible": True,
                        },
                        {"id": "3", "question": "Why?", "answers": []},
                    ],
                },
                {"context": "Lunde has a harbour.", "qas": []},
                {"context": "It lies in the north.", "qas": []},
            ],
        },
        {"title": "Lunde_(town)", "paragraphs": []},
    ],
}


def test_squad_becomes_articles_and_pairs(tmp_path: Path) -> None:
    (tmp_path / "dev.json").write_text(json.dumps(SQUAD), "utf-8-sig")
    (article,), found = load_squad(tmp_path / "dev.json")
    first, second = found.pairs
    assert first.answers == ("a harbour",)
    assert first.articles == ("0001-lunde-town",)
    assert (second.answerable, second.articles) == (False, ())
    assert "question 3 has no answer" in found.problems[0].reason
    assert (article.id, article.title) == ("0001-lunde-town", "Lunde (town)")
    assert article.text == "Lunde has a harbour.\n\nIt lies in the north."


ODD = {
    "data": [
        7,
        {"title": "Odd", "paragraphs": [3, {"context": "Here.", "qas": "none"}]},
        {
            "title": "Odder",
            "paragraphs": [
                {
                    "context": "It is a port.",
                    "qas": [
                        "What?",
                        {"question": "What is it?", "answers": {"text": "a port"}},
                        {"question": "What is it?", "answers": ["a port"]},
                        {"question": "What is it?", "answers": [{"text": "a port"}]},
                    ],
                }
            ],
        },
    ]
}


def test_odd_squad_keeps_what_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text(json.dumps(ODD), "utf-8")
    articles, found = load_squad(tmp_path / "odd.json")
    assert [article.title for article in articles] == ["Odd", "Odder"]
    assert [pair.answers for pair in found.pairs] == [("a port",)]
    assert len(found.problems) == 3


@pytest.mark.parametrize("content", ["[1]", "{", '{"data": 3}', '{"data": []}'])
def test_what_is_not_squad_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "dev.json").write_text(content, "utf-8")
    with pytest.raises(UnreadableFile, match="SQuAD"):
        load_squad(tmp_path / "dev.json")
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        load_squad(tmp_path)
