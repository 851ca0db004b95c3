"""What the reader learns from, and how it is measured."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest

from qa.training import augment
from qa.training.data import Passage, Question, load
from qa.training.negatives import Negatives, sentences
from qa.training.ranking import bm25
from qa.training.regression import regression

SHIFTS = Path(__file__).parents[2] / "shared" / "squadshifts"

BRIDGE = Passage(
    "new_wiki",
    "Bridges",
    "The Orm Bridge opened in 1931. It was designed by Ada Renner. Trams crossed it until 1964, "
    "and cyclists have used the old tram lane ever since that summer.",
    "train",
)
TOWER = Passage(
    "new_wiki",
    "Towers",
    "The Vik Tower was finished in 1902 by Otto Brandt. It holds the town's archive today.",
    "train",
)
DESIGNER = Question("Who designed the Orm Bridge?", 0, ((50, 60),), ("Ada Renner",))


@pytest.fixture
def negatives() -> Negatives:
    return Negatives([BRIDGE, TOWER], [DESIGNER], np.array([[0, 1]]))


def test_the_near_miss_lacks_the_answer_and_keeps_the_rest(negatives: Negatives) -> None:
    pair = negatives.near_miss(0, random.Random(0))
    assert pair is not None
    question, passage = pair
    assert question == DESIGNER.text
    assert "Ada Renner" not in passage
    assert passage.startswith("The Orm Bridge opened in 1931. Trams crossed it")


def test_the_retrieved_negative_is_another_passage(negatives: Negatives) -> None:
    assert negatives.retrieved(0, random.Random(0)) == (DESIGNER.text, TOWER.text)


def test_the_swap_asks_the_same_passage_about_another_name(negatives: Negatives) -> None:
    pair = negatives.swapped(0, random.Random(0))
    assert pair is not None
    question, passage = pair
    assert passage == BRIDGE.text
    assert question != DESIGNER.text
    assert question.startswith("Who designed the ")


def test_sentences_cover_the_text_in_order() -> None:
    spans = sentences(BRIDGE.text)
    assert "".join(BRIDGE.text[start:end] for start, end in spans) == BRIDGE.text
    assert len(spans) == 3


@pytest.mark.parametrize("seed", range(60))
def test_dressing_a_passage_keeps_its_answers(seed: int) -> None:
    rng = random.Random(seed)
    text, spans = augment.dress((BRIDGE.text, DESIGNER.spans), "Bridges", rng, TOWER.text)
    assert [text[start:end] for start, end in spans] == ["Ada Renner"]


def test_a_telegraphic_question_is_its_keywords() -> None:
    words = augment.telegraphic("When was the Orm Bridge opened?", random.Random(1)).split()
    assert {"Orm", "Bridge", "opened"} <= set(words)
    assert not {"was", "the", "When"} & set(words)


def test_bm25_prefers_the_passage_that_has_the_words() -> None:
    scores = bm25(["vik tower"], [BRIDGE.text, TOWER.text])
    assert scores[0, 0] == 0
    assert scores[0, 1] > 0


def test_the_regression_finds_the_weights_that_made_the_labels() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(20_000, 2))
    chances = 1 / (1 + np.exp(-(2 * rows[:, 0] - rows[:, 1] + 0.5)))
    labels = (rng.random(len(rows)) < chances).astype(float)
    assert regression(rows.tolist(), labels.tolist()) == pytest.approx((2, -1, 0.5), abs=0.1)


@pytest.mark.skipif(not SHIFTS.exists(), reason="../shared/squadshifts is not here")
def test_whole_articles_are_held_out() -> None:
    passages, questions = load(SHIFTS)
    parts: dict[str, set[str]] = {}
    for passage in passages:
        if passage.domain == "new_wiki":
            parts.setdefault(passage.part, set()).add(passage.title)
    assert len(parts["test"]) >= 10
    assert not parts["test"] & (parts["train"] | parts["dev"])
    assert not parts["dev"] & parts["train"]
    for question in questions[:2000]:
        text = passages[question.passage].text
        assert question.answers == tuple(dict.fromkeys(text[s:e] for s, e in question.spans))


def test_renaming_changes_question_and_passage_alike_and_keeps_the_answer() -> None:
    found = set()
    for seed in range(40):
        marked = (BRIDGE.text, DESIGNER.spans)
        renaming = augment.renaming(DESIGNER.text, marked, TOWER.text, random.Random(seed))
        assert renaming is not None
        renamed = renaming.marked(marked)
        assert renamed is not None
        text, spans = renamed
        assert [text[start:end] for start, end in spans] == ["Ada Renner"]
        found.add(renaming.text(DESIGNER.text))
    assert "Who designed the Vik Tower?" in found


def test_renaming_never_cuts_an_answer() -> None:
    renaming = augment.Renaming(re.compile("1931. It"), "1902")
    assert renaming.marked(("It opened in 1931. It is red.", ((13, 17),))) is None
    year = augment.Renaming(re.compile("1931"), "1902 or so")
    assert year.marked(("In 1931, 1931 boats.", ((0, 7), (9, 19)))) == (
        "In 1902 or so, 1902 or so boats.",
        ((0, 13), (15, 31)),
    )


@pytest.mark.parametrize("seed", range(20))
def test_thinning_drops_sentences_but_no_answer(seed: int) -> None:
    text = f"{BRIDGE.text} It is painted green. Nobody knows why."
    thinned, spans = augment.thin((text, DESIGNER.spans), random.Random(seed))
    assert [thinned[start:end] for start, end in spans] == ["Ada Renner"]
    assert len(thinned) < len(text)
