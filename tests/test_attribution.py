"""ALCE's figures on answers small enough to count by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from qa import Citation, Sentence, Verdict
from qa.evaluation.attribution import attribution
from tests.llm_server import llm_server
from tests.test_cli import footnote

STANDS, FALLS = Verdict("supported", 0.9), Verdict("unsupported", 0.1, "“dragon”: not in the quote")


def cite(number: int, quote: str) -> Citation:
    return Citation(
        number=number, article_id="a", title="", outlet="", published=date(2024, 1, 1), url="",
        quote=quote, start=0, end=len(quote),
    )  # fmt: skip


def holds_every_word(sentence: str, quotes: Sequence[Citation]) -> Verdict:
    held = {word for one in quotes for word in one.quote.split()}
    return STANDS if set(sentence.split()) <= held else FALLS


A, B, AB, C = cite(1, "a"), cite(2, "b"), cite(3, "a b"), cite(4, "c")


@pytest.mark.parametrize(
    ("sentences", "drafted", "expected"),
    [
        ([], [], {}),
        ([Sentence(text="Hello.")], [], {}),
        ([Sentence(text="a", citations=(A,))], [], (1, 1, 1)),
        # Both are needed, for neither carries it alone.
        ([Sentence(text="a b", citations=(A, B))], [], (1, 1, 1)),
        # The third carries it, the fourth does not and is not missed.
        ([Sentence(text="a b", citations=(AB, C))], [], (1, 1, 1 / 2)),
        # What is not carried makes its footnotes useless.
        ([Sentence(text="a c", citations=(A, B))], [], (0, 0, 0)),
        ([Sentence(text="a", citations=(A,)), Sentence(text="c", citations=(A, B))], [],
         (1 / 2, 1 / 2, 1 / 3)),
        ([Sentence(text="a", citations=(A,)), Sentence(text="x", verdict=FALLS)], [],
         (1 / 2, 1, 1)),
        # A model's draft was dropped for the articles' own sentence.
        ([Sentence(text="a", citations=(A,))], [FALLS, FALLS, STANDS], (1 / 3, 1, 1)),
    ],
)  # fmt: skip
def test_the_figures_by_hand(
    sentences: list[Sentence], drafted: list[Verdict], expected: tuple[float, ...]
) -> None:
    names = ("sentences_supported", "alce_recall", "alce_precision")
    found = attribution(sentences, drafted, holds_every_word)
    assert found == pytest.approx(dict(zip(names, expected, strict=True)) if expected else {})


def test_a_run_with_a_model_stands_beside_one_without(seeds_archive: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    pair = {"question": "Who met Lavrov in Moscow?", "answers": ["Choe Son Hui"]}
    gold.write_text(json.dumps(pair), "utf-8")
    true = "Sergei Lavrov met Choe Son Hui in Moscow"
    with llm_server(lambda _: f"{true} [3]. A dragon sat there [1].", offers={"s": {}}) as server:
        done = footnote(
            "evaluate", gold, "--llm", "s", "--name", tmp_path / "run",
            FOOTNOTE_ARCHIVE=str(seeds_archive), FOOTNOTE_LLM_URL=server.url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "without s" in done.stdout
    told, plain = (
        json.loads((tmp_path / f"run{kind}.json").read_text("utf-8"))["outcomes"][0]
        for kind in ("", ".without")
    )
    assert told["text"].startswith(true)
    assert told["marks"]["sentences_supported"] == 0.5
    assert told["marks"]["alce_recall"] == 1
    assert plain["marks"]["sentences_supported"] == 1
    assert plain["text"] != told["text"]
    again = footnote(
        "evaluate", gold, "--llm", "s", "--name", tmp_path / "another",
        FOOTNOTE_ARCHIVE=str(seeds_archive), FOOTNOTE_LLM_URL=server.url,
    )  # fmt: skip
    assert again.returncode == 2
    assert "No language model's server answers" in again.stderr
    assert again.stderr.count("\n") == 1


def test_ask_takes_a_model_or_none(seeds_archive: Path) -> None:
    true = "Sergei Lavrov met Choe Son Hui in Moscow"
    with llm_server(lambda _: f"{true} [3]. A dragon sat there [1].") as server:
        asked = ("ask", "Who met Lavrov in Moscow?", "--archive", seeds_archive)
        settings = {"FOOTNOTE_LLM_URL": server.url, "FOOTNOTE_LLM": "usual"}
        told = footnote(*asked, "--llm", "named", **settings)
        assert true in told.stdout
        assert "Not in the articles: A dragon sat there" in told.stdout
        assert server.requests[-1]["model"] == "named"
        server.requests.clear()
        plain = footnote(*asked, "--no-llm", **settings)
        assert "Choe Son Hui" in plain.stdout
        assert not server.requests
        both = footnote(*asked, "--no-llm", "--llm", "named", **settings)
        assert both.returncode == 2
        assert "not both" in both.stderr
