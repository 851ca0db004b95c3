"""What confidence is fitted on, and how."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.training.confidence.askings import ASKED, DATED, NO_ARTICLE, SWAPPED, draw
from qa.training.confidence.cache import _Kept, archive, found
from qa.training.confidence.collections import (
    FIT,
    HELD,
    Collection,
    Document,
    Question,
    load,
    part_of,
)
from qa.training.confidence.figures import by_collection, calibration_error, chance_of
from qa.training.confidence.fit import fit, threshold, weigh
from qa.training.confidence.judged import Judged

ROOT = Path(__file__).parents[1]
BRIDGE = Document(
    "bridge.md",
    "The Orm Bridge",
    "The Orm Bridge opened in 1931. It was designed by Ada Renner of Vell. It cost 40 crowns.",
)
TOWER = Document("tower.md", "The Vik Tower", "The Vik Tower was built by Otto Brandt in 1902.")
OPENED = Question("Who designed the bridge that opened in 1931?", ("bridge.md",), ("Ada Renner",))
COLLECTION = Collection("towns", (OPENED,), (BRIDGE, TOWER))
TEXTS = {one.name: one.text for one in COLLECTION.documents}


def _judged(right: bool, *, margin: float, years: float = 0.0, collection: str = "a") -> Judged:
    signs = {"margin": margin, "years whole": years}
    return Judged(collection, FIT, ASKED, right, signs, 0.5, right, "Who?", "Ada")


# --- what is asked -------------------------------------------------------------------------


def test_whole_articles_are_on_one_side() -> None:
    for collection in load(Path("absent"), ROOT):
        sides: dict[str, set[str]] = {}
        for question in collection.questions:
            for article in question.articles[:1]:
                sides.setdefault(article, set()).add(question.part)
        assert {len(one) for one in sides.values()} == {1}
        assert {one.part for one in collection.questions} == {FIT, HELD}


def test_what_is_absent_is_left_out() -> None:
    assert [one.name for one in load(Path("absent"), ROOT)] == ["news", "seeds"]
    assert part_of("news", "a.md") == part_of("news", "a.md")


def test_near_misses_swap_or_add_what_the_articles_do_not_say() -> None:
    seen = set()
    for seed in range(60):
        first, *others = draw(COLLECTION, TEXTS, 5, seed)
        assert first.text == OPENED.text
        assert first.answerable
        for one in others:
            assert not one.answerable
            seen.add(one.how)
            if one.how == SWAPPED:
                assert "1931" not in one.text
                assert one.text.startswith("Who designed the bridge that opened in")
            if one.how == NO_ARTICLE:
                assert one.text == OPENED.text
    assert {SWAPPED, NO_ARTICLE} <= seen
    assert DATED not in seen  # it names a year as it is


def test_a_year_is_added_where_the_question_has_none() -> None:
    cost = Question("What did the bridge cost?", ("bridge.md",), ("40 crowns",))
    drawn = [draw(Collection("towns", (cost,)), TEXTS, 5, seed) for seed in range(40)]
    dated = [one.text for some in drawn for one in some if one.how == DATED]
    assert dated
    assert all(text.startswith("What did the bridge cost in ") for text in dated)
    assert not any("1931" in text for text in dated)


# --- what is kept --------------------------------------------------------------------------


def test_retrieval_without_the_article_does_not_find_it(tmp_path: Path) -> None:
    for seed in range(20):
        with archive(COLLECTION, tmp_path, lambda *_: None) as store:
            rows = found(COLLECTION, store, tmp_path, 5, seed, lambda *_: None)
            for row in rows:
                nodes = store.passages([id_ for id_, _ in row.passages])
                ids = {node.article_id for node in nodes}
                assert ids, row
                assert ("bridge.md" in ids) == (row.asking.how in {ASKED, SWAPPED, DATED})
        if any(row.asking.how == NO_ARTICLE for row in rows):
            return
    pytest.fail("no article was ever left out")


def test_a_line_cut_off_is_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    _Kept(file).add([1])
    with file.open("a") as out:
        out.write("[2")
    kept = _Kept(file)
    assert kept.rows == [[1]]
    kept.add([3])
    assert [json.loads(line) for line in file.read_text().splitlines()] == [[1], [3]]


# --- the fit -------------------------------------------------------------------------------


def test_a_weight_never_points_where_sense_says_it_cannot() -> None:
    rows = [_judged(True, margin=-m, years=1.0) for m in range(10)]
    rows += [_judged(False, margin=m, years=0.0) for m in range(10)]
    assert fit(rows, ("margin", "years whole")).weights == {}


def test_evidence_separates_right_from_wrong() -> None:
    rows = [_judged(True, margin=5 + m % 3) for m in range(60)]
    rows += [_judged(False, margin=5 + m % 3, years=1.0) for m in range(60)]
    fitted = fit(rows, ("margin", "years whole"))
    assert fitted.weights["years whole"] < -1
    right, wrong = fitted.probability(rows[0].signs), fitted.probability(rows[-1].signs)
    assert wrong < fitted.threshold <= right
    line = by_collection(rows, chance_of(fitted), fitted.threshold)["a"]
    assert (line["answered"], line["refused"], line["auroc"]) == (1, 1, 1)


def test_every_collection_weighs_the_same_and_a_third_has_no_answer() -> None:
    rows = [_judged(True, margin=1)] * 90 + [_judged(False, margin=1)] * 10
    rows += [_judged(True, margin=1, collection="b"), _judged(False, margin=1, collection="b")]
    weights = weigh(rows)
    assert weights.sum() == pytest.approx(len(rows))
    assert weights[:100].sum() == pytest.approx(weights[100:].sum())
    assert weights[90:100].sum() == pytest.approx(weights[:100].sum() / 3)


def test_the_threshold_is_the_highest_where_most_comes_out_right() -> None:
    rows = [_judged(True, margin=1)] * 60 + [_judged(False, margin=1)] * 40
    low = [0.3] * 60 + [0.1] * 30 + [0.5] * 10
    assert threshold(rows, low) == pytest.approx(0.3)  # refuses the thirty, loses nothing
    high = [0.3] * 3 + [0.6] * 57 + [0.1] * 30 + [0.5] * 10
    assert threshold(rows, high) == pytest.approx(0.6)  # ten refusals outweigh three answers


def test_calibration_error_is_the_weighted_gap() -> None:
    import numpy as np

    p, right, weights = np.array([0.95, 0.05]), np.array([1.0, 1.0]), np.array([1.0, 3.0])
    assert calibration_error(p, right, weights) == pytest.approx((0.05 + 3 * 0.95) / 4)
