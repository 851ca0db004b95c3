"""Numbers, dates, times and names: what stands in a text, and what is the same."""

from __future__ import annotations

import time
from datetime import date
from fractions import Fraction

import pytest

from qa.language.clocks import find_clocks, same_clock
from qa.language.dates import find_dates
from qa.language.moments import date_carries, same_date
from qa.language.names import find_names, same_name
from qa.language.numbers import Number, agree, carries, find_numbers, same_number

PUBLISHED = date(2024, 9, 5)  # a Thursday


def number(text: str) -> Number:
    (found,) = find_numbers(text)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three million", 3_000_000),
        ("3,000,000", 3_000_000),
        ("3m", 3_000_000),
        ("two and a half million", 2_500_000),
        ("half a million", 500_000),
        ("three hundred and forty", 340),
        ("one hundred and twenty thousand five hundred", 120_500),
        ("twenty-five", 25),
        ("a dozen", 12),
        ("a hundred", 100),
        ("6.5", Fraction(13, 2)),
        ("the twenty-first", 21),
        ("the 24th", 24),
    ],
)
def test_a_number_is_worth_the_same_in_words_and_in_digits(text: str, value: int) -> None:
    found = number(f"They counted {text} then.")
    assert found.value == value
    assert text.removeprefix("the ") in f"They counted {text} then."[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "bound", "unit"),
    [
        ("at least 57 houses", "at least", ""),
        ("up to 38 micrograms of lead", "at most", "microgram"),
        ("more than $3 million", "more than", "dollar"),
        ("nearly 40 per cent", "nearly", "percent"),
        ("some 3,000 visitors", "about", ""),
        ("exactly 12 tonnes", "exactly", "tonne"),
        ("12 km or more", "at least", "kilometre"),
        ("a fifth of the birds", "", "percent"),
        ("640 million crowns", "", "crown"),
    ],
)
def test_what_bounds_a_number_and_what_it_measures(text: str, bound: str, unit: str) -> None:
    assert (number(text).bound, number(text).unit) == (bound, unit)


def test_a_range_shares_its_scale_and_its_unit() -> None:
    low, high = find_numbers("revenue between 3.3 and 3.4 billion crowns")
    assert (low.value, low.unit, high.value) == (3_300_000_000, "crown", 3_400_000_000)


def test_names_and_pronouns_are_no_numbers() -> None:
    assert not find_numbers("No one in Sector-19 of the G20 read the one note on COVID-19.")


def test_a_text_gives_its_numbers_without_its_dates() -> None:
    text = "In May 1989 it cost 310 million, and on Sept. 4 another 5."
    spans = [(one.start, one.end) for one in find_dates(text)]
    assert [int(one.value) for one in find_numbers(text, spans)] == [310_000_000, 5]


@pytest.mark.parametrize(
    ("quoted", "stated", "may"),
    [
        ("three million people", "3,000,000 people", True),
        ("32 people", "more than 30 people", True),
        ("40 people", "more than 40 people", False),
        ("57 houses", "at least 57 houses", True),
        ("at least 57 houses", "57 houses", False),
        ("at least 57 houses", "exactly 57 houses", False),
        ("up to 38 boats", "38 boats", False),
        ("some 3,000 people", "3,000 people", True),
        ("39 people", "nearly 40 people", True),
        ("a fifth of them", "20 percent of them", True),
        ("640 crowns", "640 dollars", False),
        ("40 people", "52 people", False),
    ],
)
def test_which_number_a_quoted_number_carries(quoted: str, stated: str, may: bool) -> None:
    assert carries(number(quoted), number(stated)) is may


@pytest.mark.parametrize(
    ("one", "other", "same", "together"),
    [
        ("3 million", "at least three million", True, True),
        ("up to 3 million", "more than 3 million", False, False),
        ("more than 30", "32", False, True),
        ("40", "52", False, False),
        ("at least 40", "52", False, True),
        ("nearly 40", "more than 40", False, False),
    ],
)
def test_which_numbers_agree(one: str, other: str, same: bool, together: bool) -> None:
    for a, b in ((one, other), (other, one)):
        assert same_number(number(a), number(b)) is same
        assert agree(number(a), number(b)) is together


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Sept. 4", "2024-09-04", "2024-09-04"),
        ("4 September 2024", "2024-09-04", "2024-09-04"),
        ("the 4th of September", "2024-09-04", "2024-09-04"),
        ("Dec. 30", "2024-12-30", "2024-12-30"),
        ("yesterday", "2024-09-04", "2024-09-04"),
        ("last March", "2024-03-01", "2024-03-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("three weeks ago", "2024-08-12", "2024-08-18"),
        ("the 1950s", "1950-01-01", "1959-12-31"),
        ("since 1977", "1977-01-01", "1977-12-31"),
    ],
)
def test_a_date_by_the_day_of_the_article(text: str, first: str, last: str) -> None:
    (found,) = find_dates(f"It happened {text}.", PUBLISHED)
    assert found.readings == ((date.fromisoformat(first), date.fromisoformat(last)),)


def test_a_weekday_may_be_the_last_or_the_next() -> None:
    (found,) = find_dates("They meet on Wednesday.", PUBLISHED)
    assert found.readings == ((date(2024, 9, 4),) * 2, (date(2024, 9, 11),) * 2)


@pytest.mark.parametrize(
    ("quoted", "stated", "may"),
    [
        ("on Wednesday", "on Sept. 4, 2024", True),
        ("on Sept. 4", "in September", True),
        ("in September", "on Sept. 4", False),
        ("on Sept. 4", "on Sept. 5", False),
        ("in May 1989", "in 1989", True),
        ("on Tuesday", "on Wednesday", False),
    ],
)
def test_which_date_a_quoted_date_carries(quoted: str, stated: str, may: bool) -> None:
    for published in (PUBLISHED, None):
        if published is None and "Wednesday" in quoted:
            continue  # nothing tells which day it was
        (one,), (other,) = find_dates(quoted, published), find_dates(stated, published)
        assert date_carries(one, other) is may
        assert same_date(one, other) is (may or quoted == "in September")


def test_people_and_verbs_are_no_months() -> None:
    assert not find_dates("June Vell may march past 2,030 lamps, 2030 lamps in all.", PUBLISHED)


def test_there_is_no_century_before_the_first() -> None:
    assert not find_dates("Of the 0th century nobody wrote.", PUBLISHED)


def test_times_of_the_day() -> None:
    (afternoon,), (written,), (vague,) = map(
        find_clocks, ("at 5:40 p.m. on", "at 17:40,", "by half past five")
    )
    assert same_clock(afternoon, written)
    assert not same_clock(afternoon, vague)
    assert vague.minutes == (5 * 60 + 30, 17 * 60 + 30)


def test_names_with_their_particles_and_without_what_opens_a_sentence() -> None:
    text = (
        "Residents of the Lower Bank met Dr. Ebba van Loon at the Museum of Vell in May. "
        "The mayor left. Harbour crews, she said, like Corrin Dale's plan."
    )
    found = find_names(text)
    assert [name.text for name in found if name.sure] == [
        "Lower Bank",
        "Dr. Ebba van Loon",
        "Museum of Vell",
        "Corrin Dale",
    ]
    assert [name.text for name in found if not name.sure] == ["Harbour"]
    assert all(name.text == text[name.start : name.end] for name in found)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dale", "Corrin Dale", True),
        ("Mr. Dale", "President Corrin Dale", True),
        ("VU", "Vell Union", True),
        ("Vellia", "Vellian", True),
        ("Anna Dale", "Corrin Dale", False),
        ("Vell", "Velmark", False),
    ],
)
def test_short_forms_of_one_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(
    "text",
    [
        "9" * 20_000,
        "1," * 10_000,
        "1,111" * 4_000,
        "three " * 10_000,
        "half a " * 3_000,
        "and a half " * 5_000,
        "Aa " * 8_000,
        "A of " * 5_000,
        "The " * 6_000,
        "last " * 5_000,
        "May " * 6_000,
        "12:" * 7_000,
        "A." * 10_000,
        " " * 20_000,
        "'" * 20_000,
    ],
    ids=lambda text: text[:6],
)
def test_twenty_thousand_characters_take_no_time(text: str) -> None:
    began = time.thread_time()
    find_numbers(text)
    find_dates(text, PUBLISHED)
    find_clocks(text)
    find_names(text)
    assert time.thread_time() - began < 3  # measured: at most 0.8
