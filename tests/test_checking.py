"""Whether what a sentence cites carries it."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from qa import Citation, Verdict, check
from qa.checking import Checker
from qa.checking.support import PackagedSupport, Stance
from qa.errors import ReaderUnavailable
from qa.reader.span_reader import SpanReader

DATA = Path(__file__).parent / "data"
PAIRS = [json.loads(line) for line in (DATA / "sentence-pairs.jsonl").read_text().splitlines()]
TOLL = "The toll on the Orm bridge rose to 40 crowns on Wednesday, harbour master Lena Holm said."


def cited(quote: str, published: str | None = None, title: str = "") -> Citation:
    return Citation(
        number=1,
        article_id="a",
        title=title,
        outlet="",
        published=date.fromisoformat(published) if published else None,
        url="",
        quote=quote,
        start=0,
        end=len(quote),
    )


def verdict(pair: dict) -> Verdict:
    quotes = [cited(quote, pair["published"], pair["title"]) for quote in pair["quotes"]]
    return check(pair["sentence"], quotes)


@pytest.mark.parametrize(
    ("sentence", "label", "reason"),
    [
        ("The toll on the Orm bridge rose to forty crowns.", "supported", ""),
        (
            "The toll on the Orm bridge rose to 52 crowns.",
            "contradicted",
            "“52 crowns” is not in the quote, which says “40 crowns”",
        ),
        (
            "The toll on the Orm bridge fell to 40 crowns.",
            "contradicted",
            "“fell” where the quote says “rose”",
        ),
        (
            "The toll on the Orm bridge never rose to 40 crowns.",
            "contradicted",
            "“rose” is not denied in the quote",
        ),
        (
            "The toll rose to 40 crowns, harbour master Otto Brand said.",
            "contradicted",
            "“Otto Brand” is not in the quote, which says “Lena Holm”",
        ),
        (
            "The toll rose to 40 crowns on Thursday.",
            "contradicted",
            "“Thursday” is not in the quote, which says “Wednesday”",
        ),
        (
            "The toll on the Orm bridge rose to 40 crowns and the ferry stopped.",
            "partly",
            "“ferry stopped” is not in the quote",
        ),
        (
            "Lena Holm said the toll “robs the poor”.",
            "unsupported",
            "“robs the poor” is not in the quote word for word",
        ),
    ],
)
def test_a_verdict_names_the_words_that_are_not_carried(
    sentence: str, label: str, reason: str
) -> None:
    found = check(sentence, [TOLL])
    assert (found.label, found.reason) == (label, reason)
    assert (found.score >= 0.5) == (label == "supported")


def test_at_least_is_no_exactly_and_a_bound_is_not_dropped() -> None:
    quote = "At least 57 houses lost their roofs in the port."
    assert check("At least 57 houses in the port lost their roofs.", [quote]).label == "supported"
    for sentence in ("Exactly 57 houses in the port lost their roofs.", "57 houses lost roofs."):
        assert check(sentence, [quote]).label == "partly"


def test_days_are_read_by_the_date_of_the_article() -> None:
    quote = cited(TOLL, "2024-09-05")
    assert check("The toll rose to 40 crowns on Sept. 4, 2024.", [quote]).label == "supported"
    assert check("The toll rose to 40 crowns on Sept. 3, 2024.", [quote]).label == "contradicted"


def test_several_quotes_carry_a_sentence_together() -> None:
    quotes = [TOLL, "The ferry to Vell was cancelled because of fog."]
    sentence = "The toll rose to 40 crowns, and the ferry to Vell was cancelled."
    assert check(sentence, quotes).label == "supported"
    assert check(sentence, quotes[:1]).label != "supported"


def test_doer_and_done_to_do_not_change_places() -> None:
    quote = "The union sued the shipping company over the new rota."
    assert check("The union sued the shipping company.", [quote]).label == "supported"
    assert check("The shipping company was sued by the union.", [quote]).label == "supported"
    assert check("The shipping company sued the union.", [quote]).label == "contradicted"


def test_who_cites_nothing_says_nothing() -> None:
    assert check("It rained.", []).label == check("It rained.", ["…"]).label == "unsupported"


def test_what_has_no_words_is_judged_too() -> None:
    assert check("…", [TOLL]).label == "unsupported"
    assert check("It rained.", ["…", TOLL]).label == "unsupported"


def test_words_that_go_on_are_not_in_the_quote() -> None:
    silent = Checker(lambda statement, passage: Stance(0.1, 0.1, 0.8))
    quote = "The town sold the artillery range."
    assert silent.check("The town sold the artillery", [quote]).label == "supported"
    assert silent.check("The town sold the art", [quote]).label == "unsupported"


def test_a_model_may_take_the_place_of_the_packaged_signs() -> None:
    says_no = Checker(lambda statement, passage: Stance(0.1, 0.8, 0.1))
    assert says_no.check("The harbour was busy.", [TOLL]).label == "contradicted"
    silent = Checker(lambda statement, passage: Stance(0.1, 0.1, 0.8))
    assert silent.check("The harbour was busy.", [TOLL]).label == "unsupported"


def test_without_the_reader_the_other_signs_decide() -> None:
    def broken() -> SpanReader:
        def load() -> None:
            raise ReaderUnavailable("gone")

        return SpanReader(load)  # type: ignore[arg-type]

    checker = Checker(PackagedSupport(reader=broken))
    assert checker.check("The bridge toll is 40 crowns now.", [TOLL]).label == "supported"
    assert checker.check("A whale swam past the lighthouse.", [TOLL]).label == "unsupported"


def test_many_threads_get_the_same_verdicts_and_numpy_is_left_alone() -> None:
    errors, drawn = np.geterr(), np.random.get_state()[1].copy()
    some = PAIRS[:24]
    checker = Checker()

    def one(pair: dict) -> Verdict:
        return checker.check(pair["sentence"], pair["quotes"])

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(one, some))
    assert together == list(map(one, some))
    assert np.geterr() == errors
    assert (np.random.get_state()[1] == drawn).all()


@pytest.mark.parametrize(
    "text",
    ["1, ", "not all ", "rose fell ", "“a” ", "Anna Berg met 3 men on May 4, 2024 at 5 p.m. "],
)
def test_the_rules_take_no_time_over_text_made_to_be_slow(text: str) -> None:
    long = text * (20_000 // len(text))
    checker = Checker(lambda statement, passage: Stance(1.0, 0.0, 0.0))
    began = time.thread_time()
    checker.check(long, [long.replace("3", "7") + "x"] * 5)
    assert time.thread_time() - began < 3  # measured: at most 0.3


def test_the_pairs_quote_the_articles() -> None:
    texts = [p.read_text() for p in (DATA / "news").glob("*.md")]
    texts += [p.read_text() for p in (DATA.parents[1] / "seeds").glob("*.md")]
    assert all(any(quote in text for text in texts) for pair in PAIRS for quote in pair["quotes"])


@pytest.mark.figures
@pytest.mark.parametrize(
    ("half", "precision", "recall", "false_alarms"),
    [("dev", 0.82, 0.92, 0.20), ("final", 0.85, 0.85, 0.22)],
)
def test_how_often_what_is_not_supported_is_found(
    half: str, precision: float, recall: float, false_alarms: float
) -> None:
    """What the aim (.92, .90, .08) still lacks, docs/measurements.md says."""
    judged = [
        (pair["label"] == "supported", verdict(pair).label == "supported")
        for pair in PAIRS
        if pair["half"] == half
    ]
    doubted = [true for true, kept in judged if not kept]
    found = sum(not true for true in doubted)
    wrong = sum(not true for true, _ in judged)
    assert found / len(doubted) >= precision
    assert found / wrong >= recall
    assert (len(doubted) - found) / (len(judged) - wrong) <= false_alarms
