"""PDF, Word, books and mails: their words, their pages, and what they say of themselves."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from qa.articles import read_article
from qa.errors import UnreadableFile
from tests.documents import book, bundle, column, mail, pdf
from tests.files import BODY, write

VOTE = [
    "The people of Nether Tarn voted on Sunday to keep the old mill, and the",
    "council will pay for its roof, the mayor said after the count at mid-",
    "night.",
    "",
    '"We have waited for nine years," said the mayor, Irena Fell. "We can',
    'wait for one more winter."',
]
COST = [
    "The work will cost 2.4 million crowns, of which the county pays",
    "two thirds. It begins in the spring.",
    "",
    "Nobody knew on Monday which of the wards of the town is the one that",
]
REST = ["pays the rest when the roof is done, the", "mayor said."]


def edges(number: int) -> list[tuple[float, float, float, str]]:
    return [
        (72, 800, 9, "Tarn Valley Star, May 1, 2024"),
        (300, 30, 9, f"Page {number} of 3"),
    ]


def report(tmp_path: Path, **info: str) -> Path:
    head = [(72, 740, 20, "Tarn votes to keep its mill"), (72, 722, 11, "By Irena Osk")]
    pages = [edges(1) + head + column(VOTE), edges(2) + column(COST), edges(3) + column(REST)]
    return write(tmp_path, "vote.pdf", pdf(pages, **info))


# PDF


def test_lines_of_a_pdf_become_paragraphs_without_what_runs_along(tmp_path: Path) -> None:
    article = read_article(report(tmp_path))
    assert article.text.replace("\f", "").split("\n\n") == [
        "The people of Nether Tarn voted on Sunday to keep the old mill, and the council will pay "
        "for its roof, the mayor said after the count at midnight.",
        '"We have waited for nine years," said the mayor, Irena Fell. "We can wait for one more '
        'winter."',
        "The work will cost 2.4 million crowns, of which the county pays two thirds. It begins in "
        "the spring.",
        "Nobody knew on Monday which of the wards of the town is the one that pays the rest when "
        "the roof is done, the mayor said.",
    ]


@pytest.mark.parametrize(
    ("words", "page"), [("at midnight", 1), ("2.4 million", 2), ("Nobody", 2), ("the rest", 3)]
)
def test_a_pdf_knows_its_pages(tmp_path: Path, words: str, page: int) -> None:
    article = read_article(report(tmp_path))
    assert article.page(article.text.index(words)) == page


def test_a_page_without_words_counts(tmp_path: Path) -> None:
    raw = pdf([[], column(VOTE), [], column(REST)])
    article = read_article(write(tmp_path, "a.pdf", raw))
    assert article.page(article.text.index("midnight")) == 2
    assert article.page(article.text.index("the rest")) == 4


def test_one_page_is_the_first_and_a_text_has_none(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "a.pdf", pdf([column(VOTE)])))
    assert article.page(article.text.index("mayor")) == 1
    text = read_article(write(tmp_path, "a.txt", f"{BODY}\n\f\n{BODY}"))
    assert text.page(300) is None


def test_what_a_pdf_says_of_itself(tmp_path: Path) -> None:
    info = {"Title": "vote_final.indd", "Author": "Gwen Aske", "CreationDate": "D:20240502101500Z"}
    article = read_article(report(tmp_path, **info))
    assert article.title == "Tarn votes to keep its mill"  # no program's file name
    assert article.published == date(2024, 5, 1)  # what is printed comes before when it was made
    assert article.byline == "Irena Osk"
    plain = read_article(
        write(tmp_path, "b.pdf", pdf([column(VOTE)], **info | {"Title": "The vote on the mill"}))
    )
    assert (plain.title, plain.byline) == ("The vote on the mill", "Gwen Aske")
    assert plain.published == date(2024, 5, 2)


def test_a_page_printed_from_the_web_is_cleaned_like_one(tmp_path: Path) -> None:
    title = "Old mill to be rebuilt | Tarn Valley Star"
    lines = ["Home", "Sport", "Jobs", "Old mill to be rebuilt", "By Gwen Aske", "May 1, 2024"]
    said = [part for part in BODY.split("\n\n") if "crowns" not in part]
    marks = [
        (30, 820, 8, f"11/24/26, 3:27 PM {title}"),
        (30, 20, 8, "https://star.example/mill 1/1"),
    ]
    spaced = [
        line
        for words in [*lines, *said, "Share this story", "More from Sport"]
        for line in (words, "")
    ]
    raw = pdf([column(spaced) + marks], Title=title)
    article = read_article(write(tmp_path, "a.pdf", raw))
    assert (article.title, article.url) == ("Old mill to be rebuilt", "https://star.example/mill")
    assert (article.byline, article.published) == ("Gwen Aske", date(2024, 5, 1))
    assert article.text.replace("\f", "").split("\n\n") == said


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"%PDF-1.7", "damaged"),
        (b"not one", "damaged"),
        (pdf([[]]), "pictures"),
        (pdf([column(VOTE)])[:900], "damaged"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, raw: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_article(write(tmp_path, "a.pdf", raw))


# Word


def test_a_word_document(tmp_path: Path) -> None:
    from docx import Document

    made = Document()
    made.core_properties.author = "Gwen Aske"
    made.add_heading("Old mill to be rebuilt", 0)
    made.add_paragraph("May 1, 2024")
    for paragraph in BODY.split("\n\n"):
        made.add_paragraph(paragraph)
    table = made.add_table(3, 3)
    for row, cells in enumerate(
        (("Ward", "Yes", "No"), ("North", "1,204", "9"), ("East", "7", ""))
    ):
        for at, cell in enumerate(cells):
            table.cell(row, at).text = cell
    made.add_paragraph("The rest is paid by the town when the roof is done.")
    out = BytesIO()
    made.save(out)
    article = read_article(write(tmp_path, "mill.docx", out.getvalue()))
    assert (article.title, article.byline) == ("Old mill to be rebuilt", "Gwen Aske")
    assert article.published == date(2024, 5, 1)
    assert article.text.split("\n\n") == [
        *BODY.split("\n\n"),
        "Ward: North; Yes: 1,204; No: 9",
        "Ward: East; Yes: 7",
        "The rest is paid by the town when the roof is done.",
    ]


@pytest.mark.parametrize("raw", [b"PK\3\4", b"\xd0\xcf\x11\xe0" * 200, bundle({"a.txt": "a"})])
def test_what_is_no_word_document_says_so(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"no [.]docx"):
        read_article(write(tmp_path, "a.docx", raw))


# Books


def test_a_book_is_read_in_its_order(tmp_path: Path) -> None:
    chapters = {
        "z.xhtml": "<html><body><h1>One</h1><p>The mill turned.</p></body></html>",
        "a%20b.xhtml": "",
        "a.xhtml": "<html><body><h1>Two</h1><p>It stopped.</p></body></html>",
        "../../secret.xhtml": "",
    }
    about = {
        "title": "The mill",
        "creator": "Gwen Aske",
        "publisher": "Tarn Press",
        "date": "2020-05-01T00:00:00Z",
    }
    article = read_article(write(tmp_path, "mill.epub", book(chapters, **about)))
    assert article.text == "One\n\nThe mill turned.\n\nTwo\n\nIt stopped."
    assert (article.title, article.byline, article.outlet) == (
        "The mill",
        "Gwen Aske",
        "Tarn Press",
    )
    assert article.published == date(2020, 5, 1)


@pytest.mark.parametrize("raw", [b"PK\3\4", bundle({"a.txt": "a"})])
def test_what_is_no_book_says_so(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"no [.]epub"):
        read_article(write(tmp_path, "a.epub", raw))


# Mails


def test_a_mail_without_what_it_answers(tmp_path: Path) -> None:
    said = BODY.replace("\n\n", "\n\n> old words, and more of them than anybody reads\n\n", 1)
    raw = mail(
        f"{said}\n\n-- \nGwen Aske, Tarn Valley Star\n",
        subject="Re: Fwd: Old mill to be rebuilt",
        from_="Gwen Aske <gwen@star.example>",
        date="Wed, 01 May 2024 23:30:00 -0500",
    )
    article = read_article(write(tmp_path, "mill.eml", raw))
    assert (article.title, article.byline) == ("Old mill to be rebuilt", "Gwen Aske")
    assert article.published == date(2024, 5, 1)
    assert article.text == BODY


def test_a_mail_that_is_only_a_page(tmp_path: Path) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "Old mill to be rebuilt"
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))
    message.set_content(f"<html><body>{paragraphs}</body></html>", subtype="html")
    assert read_article(write(tmp_path, "a.eml", message.as_bytes())).text == BODY
