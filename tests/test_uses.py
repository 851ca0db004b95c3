"""Whether a name is somebody's, as texts use it."""

from __future__ import annotations

import pytest

from qa.language.uses import Use, used_as

TOLD = [
    "Harbour Minister Ivo Lasse opened the quay in Tarnwick on Monday. Lasse, 61, thanked the crew"
    " of the Silver Auk, who cheered.",
    "Residents across Tarnwick had asked for it. “I was promised a bench,” Orla Venn, a retired "
    "nurse, told the Tarn Echo. Wynmark said on that day she would not pay.",
]


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("Ivo Lasse", Use.PERSON),
        ("Lasse", Use.PERSON),
        ("Orla Venn", Use.PERSON),
        ("Wynmark", Use.PERSON),
        ("Tarnwick", Use.PLACE),
        ("Silver Auk", Use.THING),
        ("Tarn Echo", Use.THING),
        ("Monday", None),
        ("Tarn", None),
        ("Vell", None),
    ],
)
def test_a_title_an_age_a_preposition_an_article_tell(name: str, use: Use | None) -> None:
    assert used_as(name, TOLD) is use


def test_the_most_places_decide() -> None:
    texts = ["They trust in Lasse.", "Mayor Lasse spoke.", "Lasse, who was late, left."]
    assert used_as("Lasse", texts) is Use.PERSON
    assert used_as("Lasse", texts[:1]) is Use.PLACE


def test_who_owns_may_be_anybody() -> None:
    assert used_as("Lasse", ["They met in Lasse's office.", "It hung in Lasse’s hall."]) is None
