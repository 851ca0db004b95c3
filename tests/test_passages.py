"""Sentences and passages stand exactly where they say."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.articles.passages import passages
from qa.articles.sentences import sentence_spans
from vectorstore.embedding import Embedding
from vectorstore.records import Article


@pytest.fixture(scope="module")
def embedding() -> Embedding:
    return Embedding.open()


def article(text: str, title: str = "Harbour bridge reopens") -> Article:
    return Article(
        id="bridge.md",
        title=title,
        outlet="Harbour Post",
        published=date(2024, 3, 2),
        url="",
        text=text,
        path="bridge.md",
    )


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The pact was signed on Sept. 4 in Seoul.", "It takes effect on Jan. 1."],
        ["U.S. officials met him.", "He came from the U.S. on Monday.", "They flew to the U.S."],
        ["She lives at No. 2 Harbour St. in town.", "No."],
        ["J. R. Alder met Dr. M. Venn and Gen. Osk.", "They spoke at 5 p.m. on Friday."],
        ['"Why now?" Ms. Alder asked.', '"Because."', "He left."],
        ["“We won.”", "She smiled."],
        ["It rose 3.5 percent to $4.2 billion.", "Acme Inc. said so.", "What?", "Yes!"],
        ["He waited... and left.", "Wait...", "Then he came back."],
        ["Am 4. November kam er an.", "Das war z.B. gut."],
        ["会議が開かれた。", "「行きます。」と首相は述べた。", "終わり。"],
    ],
)
def test_sentences_split_where_they_end(sentences: list[str]) -> None:
    joiner = "" if "。" in sentences[0] else " "
    assert split(joiner.join(sentences)) == sentences


def test_a_line_break_ends_a_sentence() -> None:
    assert split("A heading\n\nThe text begins.") == ["A heading", "The text begins."]


PROSE = st.text(
    alphabet=st.sampled_from("abcé Zé. !?\n“”\"'()U.S.0 7，。」「Sept No.\u2009"), max_size=300
)


@given(PROSE | st.text(max_size=200))
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


@settings(deadline=None, max_examples=60)
@given(st.lists(PROSE, max_size=12).map(" ".join), st.integers(24, 256))
def test_passages_are_exact_fit_and_lose_nothing(
    embedding: Embedding, text: str, max_pieces: int
) -> None:
    whole = article(text)
    nodes = passages(whole, embedding.piece_counts, max_pieces=max_pieces)
    covered: set[int] = set()
    for node in nodes:
        assert node.text == text[node.start : node.end]
        assert [text[a:b] for a, b in node.sentences]
        assert node.sentences[0][0] == node.start
        assert node.sentences[-1][1] == node.end
        embedded = node.embedded
        assert embedding.piece_counts([embedded])[0] <= max_pieces
        covered.update(range(node.start, node.end))
    assert {i for i, letter in enumerate(text) if not letter.isspace()} <= covered
    assert len({node.id for node in nodes}) == len(nodes)


def test_title_and_date_stand_in_front_of_what_is_embedded(embedding: Embedding) -> None:
    (node,) = passages(article("It opened. Cars crossed."), embedding.piece_counts)
    embedded = node.embedded
    assert embedded == "Harbour bridge reopens\n2024-03-02\n\nIt opened. Cars crossed."


def test_passages_overlap_by_a_sentence(embedding: Embedding) -> None:
    text = " ".join(f"Lorry number {n} crossed the old bridge at noon." for n in range(40))
    nodes = passages(article(text), embedding.piece_counts, max_pieces=128)
    assert len(nodes) > 2
    for before, after in pairwise(nodes):
        assert before.sentences[-1] == after.sentences[0]


def test_a_sentence_longer_than_the_model_reads_is_cut_between_words(embedding: Embedding) -> None:
    text = " ".join(f"item{n}" for n in range(900))
    nodes = passages(article(text), embedding.piece_counts)
    assert len(nodes) > 3
    assert " ".join(node.text for node in nodes) == text


@pytest.mark.parametrize("pieces", [126, 127, 150, 4_000])
def test_an_endless_title_leaves_room_for_the_text(embedding: Embedding, pieces: int) -> None:
    text = " ".join(f"Lorry number {n} crossed the old bridge at noon." for n in range(20))
    for title in ("§" * pieces, "§ " * pieces):
        nodes = passages(article(text, title), embedding.piece_counts)
        assert nodes[-1].end == len(text)
        assert len(nodes) < 10
        embedded = [node.embedded for node in nodes]
        assert max(embedding.piece_counts(embedded)) <= 126
