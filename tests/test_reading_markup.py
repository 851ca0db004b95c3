"""Markdown and web pages: the marks go, the words and the details stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa.articles import read_article
from qa.errors import UnreadableFile
from tests.files import BODY, write

HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Old mill to be rebuilt - Tarn Valley Star</title>
<meta property="og:title" content="Old mill to be rebuilt">
<meta property="og:site_name" content="Tarn Valley Star">
<meta property="og:url" content="https://star.example/mill">
<meta name="author" content="Gwen Aske">
<meta property="article:published_time" content="2021-11-08T07:30:00+01:00">
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Old mill to be rebuilt</h1>
<p>The old mill at Nether Tarn will be rebuilt by the spring, the council said on Monday.</p>
<p>“We have waited for nine years,” said the mayor, <a href="/fell">Irena Fell</a>. “We can wait for
one more winter.”</p>
<p>The work will cost 2.4 million crowns, of which the county pays two thirds.</p></article>
<footer><p>© 2021 Tarn Valley Star. All rights reserved.</p></footer></body></html>"""


# Markdown


def test_front_matter(tmp_path: Path) -> None:
    fields = (
        "title: 'Mill: a beginning'\noutlet: Tarn Valley Star\npublished: 2021-11-08\n"
        "url: https://star.example/mill\nauthor: Gwen Aske\nnote: retold"
    )
    article = read_article(write(tmp_path, "a.md", f"---\n{fields}\n---\n\n{BODY}\n"))
    assert (article.title, article.outlet) == ("Mill: a beginning", "Tarn Valley Star")
    assert (article.published, article.url) == (date(2021, 11, 8), "https://star.example/mill")
    assert (article.byline, article.note) == ("Gwen Aske", "retold")
    assert article.text == BODY


def test_broken_front_matter_keeps_the_article(tmp_path: Path) -> None:
    raw = f"---\ntitle: Mill: a: beginning\nbad: [1, 2\npublished: 2021-02-31\n---\n{BODY}"
    article = read_article(write(tmp_path, "a.md", raw))
    assert (article.title, article.published, article.text) == ("Mill: a: beginning", None, BODY)


def test_marks_go_and_words_stay(tmp_path: Path) -> None:
    raw = """# Old *mill*

The **old** [mill](https://x.example/a_b) at `Nether` Tarn ![a wheel](w.png) turns 2 * 3 * 4 times.

## What now

- one thing
- another_thing_here

> Said so.
"""
    article = read_article(write(tmp_path, "a.md", raw))
    assert article.title == "Old mill"
    assert article.text == (
        "The old mill at Nether Tarn a wheel turns 2 * 3 * 4 times.\n\nWhat now\n\none thing\n\n"
        "another_thing_here\n\nSaid so."
    )


def test_hard_wrapped_markdown_is_one_paragraph(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "a.md", "One line\nand its end.\n\nAnother."))
    assert article.text == "One line and its end.\n\nAnother."


# Web pages


def test_web_page(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "a.html", HTML))
    assert (article.title, article.outlet) == ("Old mill to be rebuilt", "Tarn Valley Star")
    assert (article.published, article.url) == (date(2021, 11, 8), "https://star.example/mill")
    assert article.byline == "Gwen Aske"
    assert article.text == BODY


def test_a_declared_charset_is_believed(tmp_path: Path) -> None:
    page = HTML.replace("utf-8", "windows-1251").replace("council", "совет")
    path = write(tmp_path, "mill.html", page.replace("“", '"').replace("”", '"').encode("cp1251"))
    assert "совет" in read_article(path).text


def test_broken_markup(tmp_path: Path) -> None:
    broken = HTML.replace("</p>", "").replace("</article>", "<div><table><b>").replace("</ul>", "")
    text = read_article(write(tmp_path, "a.htm", broken)).text
    assert "rebuilt by the spring" in text
    assert "two thirds" in text


def test_markup_that_trafilatura_finds_nothing_in(tmp_path: Path) -> None:
    page = f"<html><body><form><span>{BODY}</span></form><script>var a = 1;</script></body></html>"
    text = read_article(write(tmp_path, "a.html", page)).text
    assert "rebuilt by the spring" in text
    assert "var a" not in text


@pytest.mark.parametrize("depth", [300, 2_000])
def test_a_page_nested_deeper_than_parsers_like_is_read_whole(tmp_path: Path, depth: int) -> None:
    page = f"<html><body><p>Skip to content</p>{'<div>' * depth}<p>{BODY}</p></body></html>"
    assert "two thirds" in read_article(write(tmp_path, "a.html", page)).text


def test_a_page_that_is_cut_off_by_its_parser_is_left_out(tmp_path: Path) -> None:
    page = f"<html><body><p>{BODY}</p>{'<div>' * 5_000}<p>The second half.</p></body></html>"
    with pytest.raises(UnreadableFile, match="nested too deeply"):
        read_article(write(tmp_path, "a.html", page))


# Markdown that a list of patterns got wrong


def test_tables_entities_and_html_in_markdown(tmp_path: Path) -> None:
    raw = (
        "The mill &amp; the [quay](https://x.example/a_(b)) reopen.\n\n"
        "| Boats | Berths |\n| --- | --- |\n| Heron | 4 |\n\n"
        "<!-- not a > word -->\n\n"
        "<figure><img src=w.png>\n<figcaption>A wheel.</figcaption></figure>\n\n"
        "1. One\n   - deeper\n2. Two\n\n    Indented words.\n"
    )
    assert read_article(write(tmp_path, "a.md", raw)).text.split("\n\n") == [
        "The mill & the quay reopen.",
        "Boats: Heron; Berths: 4",
        "A wheel.",
        "One",
        "deeper",
        "Two",
        "Indented words.",
    ]
