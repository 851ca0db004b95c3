"""Every formula, computed by hand on cases small enough to do so."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qa.metrics.answers import exact, f1, holds, normalize
from qa.metrics.confidence import (
    Bin,
    accuracy_at,
    aurc,
    auroc,
    calibration_error,
    reliability,
    risks,
)
from qa.metrics.logistic import log_odds, logistic
from qa.metrics.rankings import average_precision, hit, ndcg, reciprocal_rank
from qa.metrics.resampling import draws, interval, p_value, swaps


def test_normalisation_drops_case_punctuation_articles_and_spaces() -> None:
    assert normalize("  The U.S. —  An “Answer”, a test! ") == "us — “answer” test"
    assert normalize("a an the") == ""
    assert normalize("Theatre and another") == "theatre and another"


@pytest.mark.parametrize(
    ("guess", "answers", "em", "overlap"),
    [
        ("The county.", ["state", "county"], 1, 1.0),
        ("at least 3 million", ["3 million"], 0, 2 * (2 / 4) * 1 / (2 / 4 + 1)),
        ("Denver Broncos won", ["Denver Broncos", "The Broncos"], 0, 2 * (2 / 3) / (2 / 3 + 1)),
        ("one one two", ["one two two"], 0, 2 * (2 / 3) * (2 / 3) / (4 / 3)),
        ("red", ["blue"], 0, 0.0),
        ("", ["blue"], 0, 0.0),
        ("", [""], 1, 1.0),
        ("the", [""], 1, 1.0),  # nothing is left of it, as of no answer
    ],
)
def test_squad_scores(guess: str, answers: list[str], em: float, overlap: float) -> None:
    assert exact(guess, answers) == em
    assert f1(guess, answers) == pytest.approx(overlap, abs=1e-12)


def test_a_text_holds_an_answer_as_whole_words_in_order() -> None:
    assert holds("They sent at least 3 million rounds.", "3 million")
    assert holds("It was a “Holy”, war — he said", "“holy” war")
    assert holds("Seoul’s envoy", "seoul's envoy")
    assert f1("“Holy” war", ["holy war"]) == 1 / 2  # SQuAD knows ASCII alone
    assert not holds("13 million", "3 million")
    assert not holds("million 3", "3 million")
    assert not holds("anything", "the")


def test_chances_and_log_odds_by_hand() -> None:
    assert logistic(0) == 1 / 2
    assert logistic(math.log(3)) == pytest.approx(3 / 4)
    assert logistic(-1e9) == pytest.approx(0)
    assert logistic(float("inf")) == pytest.approx(1)
    assert log_odds(3 / 4) == pytest.approx(math.log(3))
    assert log_odds(0.0, least=0.01) == pytest.approx(math.log(1 / 99))


def test_rankings_by_hand() -> None:
    right = [False, True, False, True]
    assert hit(right, 1) == 0
    assert hit(right, 2) == 1
    assert reciprocal_rank(right, 10) == 1 / 2
    assert reciprocal_rank(right, 1) == 0
    # Right things come second and fourth of three wanted ones.
    gain = 1 / math.log2(3) + 1 / math.log2(5)
    best = 1 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(right, 3, 10) == pytest.approx(gain / best)
    assert ndcg(right, 3, 3) == pytest.approx((1 / math.log2(3)) / best)
    assert ndcg([True, True], 2, 10) == 1
    assert ndcg([], 2, 10) == 0
    assert average_precision(right) == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_risk_grows_with_coverage() -> None:
    # By confidence: right, wrong, right, wrong.
    confidence, right = [0.2, 0.9, 0.6, 0.8], [0, 1, 1, 0]
    assert risks(confidence, right) == pytest.approx([0, 1 / 2, 1 / 3, 2 / 4])
    assert aurc(confidence, right) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert accuracy_at(0.5, confidence, right) == 1 / 2
    assert accuracy_at(0.75, confidence, right) == pytest.approx(2 / 3)
    assert accuracy_at(0.01, confidence, right) == 1  # the surest one at least


def test_equal_confidences_share_their_errors_whatever_their_order() -> None:
    # One surest and right; then two equal, one of them wrong: half an error each.
    expected = [0, 0.5 / 2, 1 / 3]
    assert risks([0.9, 0.5, 0.5], [1, 1, 0]) == pytest.approx(expected)
    assert risks([0.5, 0.9, 0.5], [0, 1, 1]) == pytest.approx(expected)


def test_the_calibration_error_weighs_each_bin() -> None:
    # .95 twice and right once: a gap of .45 on half; .15 twice and never right: .15 on half.
    confidence, right = [0.95, 0.95, 0.15, 0.15], [1, 0, 0, 0]
    assert calibration_error(confidence, right) == pytest.approx(0.45 / 2 + 0.15 / 2)
    low, high = reliability(confidence, right)
    assert low == Bin(0.1, 0.2, 2, pytest.approx(0.15), 0.0)
    assert high == Bin(0.9, 1.0, 2, pytest.approx(0.95), 0.5)
    assert calibration_error([1.0, 0.0], [1, 0]) == 0


def test_auroc_counts_the_pairs_in_order() -> None:
    # Of 2 x 2 pairs, 3 > 1, 3 > 2 and 2 > 1 are in order and 2 = 2 is a tie: 3.5 of 4.
    assert auroc([3, 2], [1, 2]) == pytest.approx(3.5 / 4)


def test_each_draw_takes_as_many_rows_as_there_are() -> None:
    drawn = np.concatenate(list(draws(7, resamples=250, seed=1)))
    assert drawn.shape == (250, 7)
    assert (drawn.sum(axis=1) == 7).all()
    assert drawn.mean(axis=0) == pytest.approx(np.ones(7), abs=0.3)
    again = np.concatenate(list(draws(7, resamples=250, seed=1)))
    assert (drawn == again).all()


def test_the_bootstrap_interval_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = np.repeat([0.0, 1.0], 200)
    means = np.concatenate([counts @ values / 400 for counts in draws(400, resamples=4000)])
    low, high = interval(means)
    width = 2 * 1.96 * math.sqrt(0.25 / 400)  # the normal approximation
    assert high - low == pytest.approx(width, rel=0.08)
    assert (low + high) / 2 == pytest.approx(0.5, abs=0.01)


def test_an_interval_of_nothing_is_not_a_number() -> None:
    assert all(math.isnan(end) for end in interval(np.array([math.nan, math.nan])))


def test_permutations_find_a_real_difference_and_only_that() -> None:
    rng = np.random.default_rng(5)
    before, noise = rng.random(60), rng.normal(0, 0.1, 60)

    def p(after: np.ndarray) -> float:
        change = after - before
        swapped = [(change * (1 - 2 * coins)).mean(axis=1) for coins in swaps(60)]
        return p_value(change.mean(), np.concatenate(swapped))

    assert p(before + noise + 0.2) == pytest.approx(1 / 1001)
    assert p(before + noise - noise.mean()) == pytest.approx(1)
    assert p(before) == 1
