"""Tables become lines that can be quoted, where they stand in the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.articles import read_article
from qa.articles.cleaning import clean_text
from qa.articles.tables import is_row, lines_of
from qa.articles.webpage import read_webpage, visible_text
from tests.files import BODY, write

ROWS = (("North", "1,204", "310"), ("South", "998", "1,001"), ("Mill Lane", "77", "12"))
LINES = [f"Ward: {ward}; Yes: {yes}; No: {no}" for ward, yes, no in ROWS]
CELLS = "".join(f"<tr><td>{'<td>'.join(row)}" for row in ROWS)
HEAD = "<tr><th>Ward<th>Yes<th>No</tr>"
PAGE = """<html><head><title>Tarn votes - Tarn Valley Star</title></head><body>
<nav><a href=/>Home</a> <a href=/s>Sport</a></nav><article><h1>Tarn votes</h1>%s</article>
<footer>© 2021 Tarn Valley Star. All rights reserved.</footer></body></html>"""
FIRST, *REST = [f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n")]


def page(table: str, *, last: bool = False) -> str:
    parts = [FIRST, *REST, table] if last else [FIRST, table, *REST]
    return PAGE % "".join(parts)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    "table",
    [
        f"<table>{HEAD}{CELLS}</table>",
        f"<table><thead><tr><td>Ward<td>Yes<td>No</thead><tbody>{CELLS}</tbody></table>",
        f"<table><tr><td>Ward<td>Yes<td>No</tr>{CELLS}</table>",
        f"<div class=wrap><figure><table>{HEAD}{CELLS}</table></figure></div>",
    ],
)
def test_a_table_in_a_page_is_part_of_its_article(table: str, last: bool) -> None:
    _, text = read_webpage(page(table, last=last))
    first, *rest = BODY.split("\n\n")
    assert text.split("\n\n") == ([first, *rest, *LINES] if last else [first, *LINES, *rest])


def test_a_caption_and_a_long_table_stay() -> None:
    rows = "".join(f"<tr><td>Ward {n}<td>{n * 37}<td>{n}" for n in range(1, 61))
    _, text = read_webpage(page(f"<table><caption>Votes by ward</caption>{HEAD}{rows}</table>"))
    assert "Votes by ward:\n\nWard: Ward 1; Yes: 37; No: 1\n\n" in text
    assert "Ward: Ward 60; Yes: 2220; No: 60" in text
    assert clean_text(text) == text


def test_a_table_of_two_columns_reads_as_names_and_values() -> None:
    rows = "<tr><td>Cost<td>2.4 million crowns<tr><td>Begins<td>in the spring of 2025"
    visible = visible_text(f"<p>a</p><table>{rows}</table>")
    assert "Cost" in visible  # what stands in Markdown is left as it is
    _, text = read_webpage(page(f"<table>{rows}</table>"))
    assert "Cost: 2.4 million crowns; Begins: in the spring of 2025" in text


def test_cells_that_span_stand_in_each_place() -> None:
    rows = (
        "<tr><th>Ward<th>Year<th>Votes</tr><tr><td rowspan=2>North<td>2020<td>9</tr>"
        "<tr><td>2024<td>12</tr><tr><td colspan=2>All<td>21</tr>"
    )
    _, text = read_webpage(page(f"<table>{rows}</table>"))
    for line in (
        "Ward: North; Year: 2020; Votes: 9",
        "Ward: North; Year: 2024; Votes: 12",
        "Ward: All; Year: All; Votes: 21",
    ):
        assert line in text


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr><td>{BODY}<td>{BODY}<tr><td>{BODY}<td>1</table>",  # a page laid out
        "<table><tr><td><a href=a>Home</a><td><a href=b>Sport</a><td><a href=c>Mail</a>"
        "<tr><td><a href=d>News</a><td><a href=e>Jobs</a><td><a href=f>Cars</a></table>",
        "<table><tr><td>Name<td><input name=a><td>1<tr><td>Mail<td><input name=b><td>2</table>",
        "<table></table>",
        "<table><tr></tr><tr></tr></table>",
        "<table><tr><td colspan=99999999 rowspan=x>1</table>",
    ],
)
def test_other_tables_are_left_to_the_cleaner(table: str) -> None:
    _, text = read_webpage(page(table))
    assert not any(map(is_row, text.split("\n\n")))
    assert BODY.split("\n\n")[2] in text


def test_tables_in_markdown(tmp_path: Path) -> None:
    rows = "\n".join(f"| {' | '.join(row)} |" for row in ROWS)
    raw = f"{BODY}\n\n| Ward | Yes | No |\n| --- | --- | --- |\n{rows}\n\nMore."
    article = read_article(write(tmp_path, "a.md", raw))
    assert article.text.split("\n\n")[3:] == [*LINES, "More."]


def test_rows_of_uneven_length() -> None:
    assert lines_of([["a", "b"], ["1"], ["1", "2", "3"], []], headed=True) == [
        "a: 1",
        "a: 1; b: 2; 3",
    ]
    assert lines_of([["x", "1"], ["", "2"]]) == ["x: 1; 2"]
    assert lines_of([["", "2023", "2024"], ["Cost", "5", "6"]], headed=True) == [
        "Cost; 2023: 5; 2024: 6"
    ]
    assert lines_of([]) == []


@pytest.mark.parametrize(
    "block", ["He said this: it is so; and went.", "At 12:30; at 14:00", "Photo: Ann Lee", "a; b"]
)
def test_sentences_are_no_rows(block: str) -> None:
    assert not is_row(block)
