"""The invented archives that the benchmark runs on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qa.articles import read_article
from qa.articles.passages import passages
from tests.bench import sketched
from tests.bench.invented import PASSAGES, holds_fact, write
from tests.bench.picture import draw
from tests.bench.sketched import Sketched
from vectorstore.embedding import Embedding


def test_every_question_is_answered_by_its_own_article_alone(tmp_path: Path) -> None:
    planted = write(tmp_path, 600)
    texts = {one.file: (tmp_path / one.file).read_text("utf-8") for one in planted}
    assert len({one.question for one in planted}) == len(planted) > 60
    for one in planted[::8]:
        [said] = [line for line in texts[one.file].split("\n\n") if holds_fact(line)]
        assert one.answer in said
        town = next(word for word in one.question.split() if len(word) > 7 and word[0].isupper())
        telling = [name for name, text in texts.items() if town.strip("?,.") in text]
        assert telling == [one.file]


def test_a_larger_archive_holds_a_smaller_one(tmp_path: Path) -> None:
    small, large = write(tmp_path / "small", 50), write(tmp_path / "large", 100)
    assert large[: len(small)] == small
    for one in small:
        assert (tmp_path / "small" / one.file).read_bytes() == (
            tmp_path / "large" / one.file
        ).read_bytes()


def test_an_article_makes_about_so_many_passages(tmp_path: Path) -> None:
    counts = Embedding.open().piece_counts
    made = [
        len(passages(read_article(tmp_path / one.file), counts)) for one in write(tmp_path, 300)
    ]
    assert np.mean(made) == pytest.approx(PASSAGES, rel=0.1)


def test_cheap_vectors_are_real_where_a_fact_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketched, "_POOL", 5)
    embedding = Embedding.open()
    fact = "A litter of 12 puppies was found in the Dunmere customs shed."
    texts = [*(f"The ferry line called meeting number {n}." for n in range(12)), fact]
    real = embedding.encode(texts)
    cheap = Sketched(embedding.name, embedding.revision, embedding._folder).encode(texts)
    same = np.isclose((real * cheap).sum(axis=1), 1, atol=1e-4)
    assert same.tolist() == [True] * 5 + [False] * 7 + [True]
    assert np.allclose(np.linalg.norm(cheap, axis=1), 1, atol=1e-5)


def test_the_picture_shows_both_sides_and_does_without_one() -> None:
    ours = {"passages": 1000.0, "ask_p50": 200.0, "retrieve_p50": 8.0, "memory": 400.0}
    theirs = {"passages": 1000.0, "retrieve_p50": 15.0}
    larger = ours | {"passages": 10_000.0, "ask_p50": 220.0}
    drawn = draw([(ours, theirs), (larger, {})])
    assert drawn.count("<circle") == 2 * 3 + 1
    assert "1 k" in drawn
    assert "10 k" in drawn
