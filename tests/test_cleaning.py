"""Cleaning keeps the article and nothing else, and never invents a word."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.articles import clean_text, read_article

PAGES = Path(__file__).parent / "pages"
pages = sorted(page for page in PAGES.glob("*.txt") if not page.name.endswith(".body.txt"))

LINES = st.sampled_from(
    [
        "",
        "Home",
        "News | Sport | Weather",
        "The bridge over the Ease was closed on Monday, and nobody knows when it will open again.",
        "“We have waited for nine years,” said the mayor. “We can wait for another week.”",
        "Council votes to keep the old mill",
        "By Anna Novak",
        "March 4, 2019",
        "Read more: The day the river froze",
        "Share",
        "3 Comments",
        "Tom says:",
        "I have never read such nonsense in my life, and I have read a lot of it.",
        "© 2019 The Example Courier. All rights reserved.",
        "We use cookies to improve your experience on our site.",
        "1. Learn to swim",
        "Related stories",
        "The company",
        ", which makes pumps and valves, said so on Friday.",
        "Die Brücke bleibt bis zum Frühjahr gesperrt, weil die Pfeiler beschädigt sind.",
        "市は秋に説明会を開き、住民の意見を聞くとしている。",
        "Key facts:",
        "- Floor area of 400 square metres",
        "* * *",
    ]
)
DUMPS = st.lists(LINES, max_size=30).map("\n".join)


def grams(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    found = re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|\w+", text)
    return Counter(tuple(found[at : at + size]) for at in range(max(1, len(found) - size + 1)))


def f1(text: str, body: str) -> float:
    """Of word sequences of four: 2 * both / (ours + true)."""
    ours, true = grams(text), grams(body)
    return 2 * sum((ours & true).values()) / (sum(ours.values()) + sum(true.values()))


def body_of(page: Path) -> str:
    return page.with_suffix(".body.txt").read_text(encoding="utf-8")


def test_f1_by_hand() -> None:
    # "a b c d" and "b c d e" against "b c d e" and "c d e f": one of two in common on each side.
    assert f1("a b c d e", "b c d e f") == 2 * 1 / (2 + 2)


def test_pages_keep_their_bodies() -> None:
    found = [f1(read_article(page).text, body_of(page)) for page in pages]
    assert len(found) >= 12
    assert sum(found) / len(found) >= 0.95


@pytest.mark.parametrize("page", pages, ids=lambda page: page.stem)
def test_page_is_mostly_its_body(page: Path) -> None:
    assert f1(read_article(page).text, body_of(page)) >= 0.8


@pytest.mark.parametrize("page", pages, ids=lambda page: page.stem)
def test_a_body_alone_stays_as_it_is(page: Path) -> None:
    assert f1(clean_text(body_of(page)), body_of(page)) >= 0.9


@given(DUMPS)
@settings(max_examples=400, deadline=None)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once


@given(st.text(max_size=400) | st.text(alphabet="aB. ,\n\t#*[]()-—“”|0:1\\’漢。", max_size=400))
@settings(max_examples=400, deadline=None)
def test_any_text_cleans_to_a_fixed_point(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once


@given(DUMPS)
@settings(max_examples=200, deadline=None)
def test_nothing_is_invented_or_reordered(raw: str) -> None:
    source = iter(re.findall(r"\w+", raw))
    assert all(word in source for word in re.findall(r"\w+", clean_text(raw)))


@given(DUMPS)
@settings(max_examples=200, deadline=None)
def test_paragraphs_are_tidy(raw: str) -> None:
    for paragraph in clean_text(raw).split("\n\n"):
        assert paragraph == " ".join(paragraph.split())


def test_long_page_is_read_in_linear_time() -> None:
    page = (PAGES / "regional-daily.txt").read_text(encoding="utf-8")
    assert clean_text(page * 40)


def test_scraped_quotes_lose_their_backslash() -> None:
    raw = "The mayor\\’s office said that \\“nothing has been decided\\” about the old bridge."
    assert clean_text(raw) == raw.replace("\\", "")


def test_composed_characters() -> None:
    decomposed = "Die Bru\u0308cke bleibt fu\u0308r Lastwagen bis zum Fru\u0308hjahr gesperrt."
    assert "Brücke bleibt für" in clean_text(decomposed)


def test_hard_wrapped_lines_become_paragraphs() -> None:
    text = read_article(PAGES / "hard-wrapped.txt").text
    assert "softer than expected. Forty steel piles had to be driven" in text


def test_sentences_cut_at_their_links_are_whole_again() -> None:
    text = read_article(PAGES / "cut-at-links.txt").text
    assert "said Chief Executive Lise Amundsen, who took over in 2018." in text


JUNK = {
    "000": ["Skip to main", "Clear icon", "1 / 10", "All rights reserved", "Recommended Videos"],
    "001": ["Read also", "Support us", "Leave a Reply", "email address", "original article on"],
    "002": ["founded in 1851", "Subscribe", "By:VOA"],
    "003": ["Read also", "mandatory", "2015-2024", "Extended search", "By period"],
    "004": [
        "ALSO READ",
        "WhatsApp",
        "EDITOR",
        "Bafana",
        "Agence",
        "RELATED",
        "minute read",
        "Avatar",
    ],
}
KEPT = {
    "000": [
        "haka waiata",
        "Wednesday, Sept. 4, 2024",
        "SEOUL –",
        "joint statement",
        "is attacked.",
    ],
    "001": ["Andrey Kulik", "Sept. 18", "Vostochny Cosmodrome", "Sept. 13", "ballistic missiles."],
    "002": [
        "Seoul, South Korea — South Korea and",
        "Hwasong-19",
        "under consideration,",
        "in Ukraine.",
    ],
    "003": [
        "Ten nations",
        "Ukrinform reports",
        "irreversible manner",
        "3 million artillery rounds",
    ],
    "004": ["n this handout picture", "under Kim.", "leaders”.", "has not said when"],
}


@pytest.mark.parametrize("key", sorted(JUNK))
def test_originals(originals: Path, key: str) -> None:
    (file,) = originals.glob(f"{key}_*.txt")
    text = read_article(file).text
    assert not [junk for junk in JUNK[key] if junk in text]
    assert not [words for words in KEPT[key] if words not in text]
    assert "\\" not in text
