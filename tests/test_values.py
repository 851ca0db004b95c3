"""Whether two answers say the same, and whether only one of them can be right."""

from __future__ import annotations

from datetime import date

import pytest

from qa.language.kinds import Kind
from qa.language.values import rival, same_value, told

FRIDAY = date(2024, 9, 6)

SAME = (
    (Kind.QUANTITY, "three million", "at least 3 million"),
    (Kind.QUANTITY, "54 percent", "54.2 percent"),
    (Kind.QUANTITY, "14,000", "14,240"),
    (Kind.QUANTITY, "1.2 billion crowns", "1,200 million crowns"),
    (Kind.QUANTITY, "nearly 20,000", "about 20,000"),
    (Kind.QUANTITY, "more than 40,000", "40,312"),
    (Kind.TIME, "Wednesday", "Sept. 4, 2024"),
    (Kind.TIME, "1899", "April 1899"),
    (Kind.TIME, "in the 13th century", "1264"),
    (Kind.PERSON, "Luxon", "Prime Minister Christopher Luxon"),
    (Kind.OTHER, "WFP", "the World Food Programme"),
    (Kind.PLACE, "Port Sella", "Port Sella, in the south of Morrovia"),
    (Kind.OTHER, "cracks in its wall", "cracks"),
)
APART = (
    (Kind.QUANTITY, "40", "52"),
    (Kind.QUANTITY, "up to 3 million", "more than 3 million"),
    (Kind.QUANTITY, "no more than 20", "at least 50"),
    (Kind.QUANTITY, "at least 60", "204"),
    (Kind.OTHER, "5.8", "6.3"),
    (Kind.QUANTITY, "310", "314"),
    (Kind.TIME, "1932", "1936"),
    (Kind.TIME, "4 June", "21 June"),
    (Kind.PERSON, "Petra Lund", "Anders Kohl"),
    (Kind.PERSON, "Anna Berg", "Lars Berg"),
    (Kind.PLACE, "Tessel", "Lower Quent"),
)


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_wording_and_grain_make_no_other_value(kind: Kind, one: str, other: str) -> None:
    a, b = told(one, published=FRIDAY), told(other, published=FRIDAY)
    for x, y in ((a, b), (b, a)):
        assert same_value(x, y, kind)
        assert not rival(x, y, kind)


@pytest.mark.parametrize(("kind", "one", "other"), APART)
def test_of_two_values_only_one_is_right(kind: Kind, one: str, other: str) -> None:
    a, b = told(one, published=FRIDAY), told(other, published=FRIDAY)
    for x, y in ((a, b), (b, a)):
        assert rival(x, y, kind)
        assert not same_value(x, y, kind)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.OTHER, "guilty", "not guilty"),
        (Kind.QUANTITY, "210,000", "6.1 percent"),
        (Kind.OTHER, "because of a leak", "to save money"),
        (Kind.PERSON, "Sergei Lavrov", "the North's foreign minister"),
        (Kind.PERSON, "Mara Stint", "all the crew drowned but for the cook, Josiah Beel"),
    ],
)
def test_what_cannot_be_compared_neither_confirms_nor_contradicts(
    kind: Kind, one: str, other: str
) -> None:
    a, b = told(one), told(other)
    assert not same_value(a, b, kind)
    assert not rival(a, b, kind)


@pytest.mark.parametrize(
    ("short", "sentence", "whole"),
    [
        ("Saint", "Fishermen found the yacht off Saint Orly on Monday.", "Saint Orly"),
        ("3 million", "Tolm has up to 3 million doses in store.", "up to 3 million"),
        ("September", "She will return in September, he said.", "September"),
        ("a cleaner", "It was found by a cleaner.", "a cleaner"),
        ("9", "In 2019, 9 people died.", "9"),
        ("1", "It rose by 3.1 percent and then by 1 percent.", "1 percent"),
        ("", "A whole sentence.", ""),
    ],
)
def test_a_short_answer_is_told_whole(short: str, sentence: str, whole: str) -> None:
    assert told(short, sentence).text == whole


def test_a_month_is_known_by_what_stands_before_it() -> None:
    march = told("March", "The museum will reopen in March.", date(2024, 1, 10))
    october = told("October", "It has been put off until October.", date(2024, 3, 2))
    assert rival(march, october, Kind.TIME)
