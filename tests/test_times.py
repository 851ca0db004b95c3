"""When something happened, apart from when it was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from qa import Article, read_article
from qa.provenance.events import event, written
from qa.provenance.misdated import misdated
from tests.bench.times import CASES, cases, footnote, right

ROOT = Path(__file__).parents[1]
NEWS = [*(ROOT / "tests" / "data").glob("*news/*.md"), *(ROOT / "seeds").glob("*-*.md")]
FOG = (
    "The harbour of Sund was closed on Oct. 3 because of fog. On Oct. 5, a pilot boat ran aground; "
    "its crew was saved. The port captain, Ola Brandt, resigned on Oct. 9 after a night of talks."
)


@pytest.mark.figures
@pytest.mark.parametrize("half", ["dev", "final"])
def test_what_happened_when_is_told_right(half: str) -> None:
    every = cases(half)
    assert len(every) >= 75
    wrong = [case for case in every if not right(footnote, case)]
    assert len(wrong) <= 0.05 * len(every), wrong
    assert CASES.is_file()


@pytest.mark.parametrize(
    ("sentence", "short", "when"),
    [
        # When it was written tells least, and so does when somebody spoke.
        (
            "SUND, Dec. 2, 2024 — Rain spoilt the fair, which ended on Sunday.",
            "",
            "1 December 2024",
        ),
        ("The mill will close in May, its owner said on Friday.", "", "May 2025"),
        # What another clause tells happened at another time.
        ("Ada Lund met the envoy after he had been to Brask last year.", "Ada Lund", ""),
        ("The fair had to be called off on Saturday.", "", "30 November 2024"),
    ],
)
def test_of_several_times_the_one_that_is_meant(sentence: str, short: str, when: str) -> None:
    assert str(event(sentence, date(2024, 12, 2), short) or "") == when


def test_without_a_day_of_publication_only_what_is_whole_is_known() -> None:
    assert event("The fair ended on Sunday.", None) is None
    assert str(event("The fair of 3 May 2019 was the last.", None)) == "3 May 2019"


def test_times_are_written_as_fine_as_they_are_known() -> None:
    assert written((date(2024, 2, 1), date(2024, 2, 29))) == "February 2024"
    assert written((date(2024, 1, 1), date(2024, 12, 31))) == "2024"
    assert written((date(2024, 9, 2), date(2024, 9, 8))) == "2 September 2024 to 8 September 2024"


def fog(published: date | None) -> Article:
    return Article(
        id="fog.md", title="Fog", outlet="", published=published, url="", text=FOG, path="fog.md"
    )


@pytest.mark.parametrize("published", [date(2024, 10, 10), date(2024, 11, 20), None])
def test_a_text_of_its_day_has_no_warning(published: date | None) -> None:
    assert misdated(fog(published)) == ()


@pytest.mark.parametrize("published", [date(2024, 7, 19), date(2025, 8, 1)])
def test_days_without_a_year_that_lie_long_before_speak_against_the_date(published: date) -> None:
    (line,) = misdated(fog(published))
    assert f"{published:%B %Y}" in line
    assert "October" in line


def test_a_dateline_of_another_month_speaks_against_the_date() -> None:
    article = replace(fog(date(2024, 2, 1)), text="SUND, Oct. 10, 2024 — Fog closed the harbour.")
    assert "opens with 10 October 2024" in misdated(article)[0]


def test_our_news_has_no_warning_until_its_dates_are_moved() -> None:
    dated = [one for one in map(read_article, NEWS) if one.published]
    assert len(dated) > 50
    assert [one.id for one in dated if misdated(one)] == []
    moved = [replace(one, published=one.published + timedelta(300)) for one in dated]
    assert sum(bool(misdated(one)) for one in moved) > 0.9 * len(moved)


def test_of_the_five_originals_the_one_with_the_wrong_date_is_flagged(originals: Path) -> None:
    flagged = {file.name: misdated(read_article(file)) for file in sorted(originals.glob("*.txt"))}
    assert [name for name, lines in flagged.items() if lines] == ["001_e9dadaa923c09553.txt"]
    assert "September 2023" in flagged["001_e9dadaa923c09553.txt"][0]
