"""Which findings answer."""

import pytest

from qa.answering.gathering.choosing import choose
from qa.answering.gathering.findings import Finding


def finding(short: str, probability: float) -> Finding:
    return Finding(short, (), probability)


@pytest.mark.parametrize(
    ("shorts", "expected"),
    [
        (["Pell", "Carrow", "Easter Wick"], ["Pell", "Carrow", "Easter Wick"]),
        (["950,000 crowns", "6 percent", "700,000 crowns"], ["950,000 crowns", "700,000 crowns"]),
        (["tin", "Pell", "wool"], ["tin", "wool"]),
        (["Kestrel 3", "Halcyon Star"], ["Kestrel 3", "Halcyon Star"]),
    ],
)
def test_the_things_of_a_list_are_of_one_sort(shorts: list[str], expected: list[str]) -> None:
    found = [finding(short, 0.9 - place / 10) for place, short in enumerate(shorts)]
    assert [one.short for one in choose(found, 0.4, several=True)] == expected
    assert [one.short for one in choose(found, 0.4, several=False)] == expected[:1]


def test_what_is_half_as_likely_is_left_out_of_a_list() -> None:
    found = [finding("Pell", 0.9), finding("Carrow", 0.44)]
    assert [one.short for one in choose(found, 0.1, several=True)] == ["Pell"]
    assert choose(found, 0.95, several=True) == []
