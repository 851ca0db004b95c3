"""Title, outlet, date and byline, found in the plain text of a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa.articles import read_article
from qa.articles.dates import parse_date

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> Path:
    return PAGES / f"{name}.txt"


def test_details_of_a_daily() -> None:
    article = read_article(page("regional-daily"))
    assert article.title == "Ferry to Skarn Island halted after crack found in hull"
    assert article.outlet == "The Halden Courier"
    assert article.published == date(2023, 5, 14)
    assert article.byline == "Marta Eldegard"


@pytest.mark.parametrize(
    ("name", "title", "published"),
    [
        ("cut-at-links", "Velm Motors to close its oldest plant as orders fall", date(2021, 3, 2)),
        ("german-daily", "Neues Schwimmbad wird teurer", date(2020, 1, 21)),
        ("japanese-daily", "波止町の灯台、百年ぶりに公開へ", date(2023, 4, 18)),
        ("journal-blog", "Mending a spout that nobody would mend", date(2019, 11, 3)),
        ("markdown-links", "Why the Ellin glacier sings", date(2024, 1, 9)),
        ("one-line", "Fire crews save horse stuck in swimming pool", date(2020, 10, 17)),
    ],
)
def test_title_and_date(name: str, title: str, published: date) -> None:
    article = read_article(page(name))
    assert (article.title, article.published) == (title, published)


@pytest.mark.parametrize(
    ("key", "outlet", "published"),
    [
        ("000", "AP", date(2024, 9, 4)),
        ("001", "The New Voice of Ukraine", date(2024, 7, 19)),
        ("002", "Reuters", None),
        ("003", "Ukrinform", None),
        ("004", "AFP", date(2024, 1, 16)),
    ],
)
def test_details_of_the_originals(
    originals: Path, key: str, outlet: str, published: date | None
) -> None:
    (file,) = originals.glob(f"{key}_*.txt")
    article = read_article(file)
    assert (article.outlet, article.published) == (outlet, published)


HEADLINE = "Harbour sale under inquiry as prosecutors question price"
BODY = """PORT VARN, March 27, 2025 — Prosecutors opened an inquiry on Thursday into the sale of \
the old harbour, the ministry said. Nobody has been charged, and the buyer denied any wrong.

The harbour was sold in 2019 for nine million marks, a third of what an earlier survey had found \
it to be worth. The mayor at the time signed the contract on her last day in office.
"""


@pytest.mark.parametrize(
    "outlet",
    [
        "The Varn Gazette",
        "Kessy Herald",
        "Tarrow Times",
        "Port Varn Daily News",
        "Varn Valley Radio",
        "Times of Tarrow",
        "The Ferryman",
    ],
)
@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (("{headline}", "{outlet}", "{date}"), ""),
        (("{headline}", "{date}", "{outlet}"), ""),
        (("{outlet}", "{headline}", "{date}"), ""),
        (("{headline}", "Outlet: {outlet}", "{date}"), ""),
        (("{headline}", "Source: {outlet}, {date}"), ""),
        (("{headline}", "{outlet} | {date}"), ""),
        (("{headline}", "{outlet}, {date}"), ""),
        (("{headline}", "By Marta Eldegard", "{outlet}", "{date}"), "Marta Eldegard"),
        (("{headline}", "{outlet}", "By Marta Eldegard", "{date}"), "Marta Eldegard"),
    ],
)
def test_an_outlet_beside_headline_and_date(
    outlet: str, lines: tuple[str, ...], byline: str, tmp_path: Path
) -> None:
    for between in ("\n", "\n\n"):
        above = between.join(lines).format(headline=HEADLINE, outlet=outlet, date="27 March 2025")
        file = tmp_path / "pasted.txt"
        file.write_text(f"{above}\n\n{BODY}", encoding="utf-8")
        article = read_article(file)
        assert (article.title, article.outlet, article.byline) == (HEADLINE, outlet, byline)
        assert article.published == date(2025, 3, 27)
        assert article.text == BODY.strip()


@pytest.mark.parametrize(
    ("above", "title", "byline"),
    [
        (f"{HEADLINE}\nIlse Tamm\n27 March 2025", HEADLINE, "Ilse Tamm"),
        (f"{HEADLINE}\nWorld News\n27 March 2025", HEADLINE, ""),
        ("Mayor Sues Kessy Herald\n27 March 2025", "Mayor Sues Kessy Herald", ""),
    ],
)
def test_what_is_no_outlet(above: str, title: str, byline: str, tmp_path: Path) -> None:
    file = tmp_path / "pasted.txt"
    file.write_text(f"{above}\n\n{BODY}", encoding="utf-8")
    article = read_article(file)
    assert (article.title, article.outlet, article.byline) == (title, "", byline)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wednesday, Sept. 4, 2024", date(2024, 9, 4)),
        ("date 2024-01-16 World", date(2024, 1, 16)),
        ("Published 16th January 2024, 10:00 pm", date(2024, 1, 16)),
        ("4. März 2021, 18 Uhr", date(2021, 3, 4)),
        ("le 1er août 2019", date(2019, 8, 1)),
        ("19 de julio de 2024", date(2024, 7, 19)),
        ("3 грудня 2023", date(2023, 12, 3)),
        ("5 Ağustos 2020", date(2020, 8, 5)),
        ("2024年1月16日", date(2024, 1, 16)),
        ("14/3/2024", date(2024, 3, 14)),
        ("3/4/2024", None),  # the third of April or the fourth of March
        ("Feb. 31, 2024", None),
        ("© 2015-2024", None),
        ("in May 2024", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected
