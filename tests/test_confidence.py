"""How sure an answer is: by what the evidence says of the question, and what it leaves unsaid."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa import Assistant
from qa.answering.gathering.signs import DIRECTIONS
from qa.answering.gathering.unsaid import Asked, Said
from qa.reader.confidence import Confidence
from qa.reader.model import FOLDER
from vectorstore.store import Store

NEWS = Path(__file__).parent / "data" / "news"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    assistant = Assistant.open(tmp_path_factory.mktemp("news"))
    assistant.ingest(NEWS)
    return assistant


# --- what is unsaid ------------------------------------------------------------------------


def _rare(word: str) -> float:
    return 0.5 if word == "race" else 0.0


def test_what_is_said_leaves_nothing_unsaid() -> None:
    asked = Asked.of("Who won the Orm race in 2019?", _rare)
    said = Said.of("Ada Renner won the Orm race.", "27 July 2019 Saturday")
    assert set(asked.unsaid(said).values()) == {0.0}


def test_another_year_is_unsaid_and_so_is_half_of_the_names() -> None:
    asked = Asked.of("Who beat Ada Renner by 30 seconds in Vell in 2019?", _rare)
    unsaid = asked.unsaid(Said.of("In 2018 Bo Lund won by 40 seconds in Vell, far ahead of Ada."))
    assert unsaid["years"] == 1
    assert unsaid["numbers"] == 1
    assert unsaid["names"] == pytest.approx(1 / 3)


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    asked = Asked.of("the race of barges", _rare)
    without_rare = asked.unsaid(Said.of("a race"))["words"]
    without_common = asked.unsaid(Said.of("some barges"))["words"]
    assert without_rare > 0.8
    assert 0 < without_common < 0.2


def test_the_archive_tells_how_rare_a_word_is(reports: Store) -> None:
    everywhere = max(reports.frequency(word) for word in ("the", "a", "of", "in"))
    assert 0 < everywhere <= 1
    assert reports.frequency("xylograph") == 0
    assert reports.frequency("?!") == 0


# --- weights -------------------------------------------------------------------------------


def test_weights_come_back_from_their_file_and_give_a_logistic_regression(tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    assert Confidence.load(path) is None
    saved = Confidence(threshold=0.2, bias=-1.0, weights={"margin": 0.5, "years near": -2.0})
    saved.save(path)
    assert Confidence.load(path) == saved
    assert saved.probability({"margin": 2.0, "unknown": 9.0}) == pytest.approx(0.5)
    assert saved.probability({"margin": 1e9}) == pytest.approx(1)
    assert saved.probability({"years near": 1e9}) == pytest.approx(0)


def test_the_shipped_weights_know_the_signs_and_point_where_sense_says() -> None:
    shipped = json.loads((FOLDER / "confidence.json").read_text("utf-8"))
    assert 0 < shipped["threshold"] < 1
    assert set(shipped["weights"]) <= set(DIRECTIONS)
    assert all(DIRECTIONS[name] * weight >= 0 for name, weight in shipped["weights"].items())


# --- in an answer --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        (
            "How much will Corvin Bank pay for Lakeside Savings?",
            "How much will Corvin Bank pay for Lakeside Savings in 2019?",
        ),
        (
            "How many crowns does a launch of Aurelia Space cost?",
            "How many crowns does a launch of Borealis Orbit cost?",
        ),
        ("Where was the Kestrel 3 rocket launched?", "Where was the Kestrel 14 rocket launched?"),
    ],
)
def test_a_near_miss_is_less_sure(news: Assistant, said: str, unsaid: str) -> None:
    right, wrong = news.ask(said), news.ask(unsaid)
    assert right.answered
    assert wrong.confidence < right.confidence - 0.2


def test_a_day_of_publication_is_said(news: Assistant) -> None:
    dated = news.ask("What was lost after lift-off from Cape Lorn in November 2025?")
    other = news.ask("What was lost after lift-off from Cape Lorn in March 2016?")
    assert other.confidence < dated.confidence
