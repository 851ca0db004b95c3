"""The picture of an archive: every article stands in one bar, under its year."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.chat.picture import Span, picture

MONTHS = st.builds("{:04}-{:02}".format, st.integers(1900, 2100), st.integers(1, 12))
SPREADS = st.dictionaries(
    st.tuples(st.sampled_from(["", "A <b>", "B", *map(str, range(20))]), MONTHS | st.just("")),
    st.integers(1, 500),
    max_size=40,
)


@given(SPREADS)
def test_every_dated_article_is_counted_once(counted: dict[tuple[str, str], int]) -> None:
    spread = [(outlet, month, number) for (outlet, month), number in counted.items()]
    drawn = picture(spread, [], None)
    bars = [int(one.replace(",", "")) for one in re.findall(r": ([\d,]+) articles?</title>", drawn)]
    assert sum(bars) == sum(number for _, month, number in spread if month)
    assert "<b>" not in drawn
    assert len(re.findall(r"<tr><th", drawn)) <= 13
    for svg in re.findall(r"<svg.*?</svg>", drawn):
        wide = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
        for x, high in re.findall(r'x="(\d+)".*?height="([\d.]+)"', svg):
            assert int(x) < wide
            assert float(high) <= 26


@pytest.mark.parametrize(
    ("span", "since", "until", "named"),
    [
        (Span(2024 * 12 + 1, 1), date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (Span(2024 * 12 + 9, 3), date(2024, 10, 1), date(2024, 12, 31), "October 2024 to December"),
        (Span(2024 * 12, 12), date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (Span(2020 * 12, 120), date(2020, 1, 1), date(2029, 12, 31), "2020 to 2029"),
    ],
)
def test_a_span_of_months_knows_its_days(span: Span, since: date, until: date, named: str) -> None:
    assert (span.since, span.until) == (since, until)
    assert str(span).startswith(named)
