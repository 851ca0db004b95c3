"""A file becomes an Article, or a plain reason why it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.articles import find_files, read_article
from qa.articles.dates import parse_date
from qa.errors import FootnoteError, UnreadableFile
from qa.records import Skipped

PAGES = Path(__file__).parent / "pages"
ORIGINALS = Path(__file__).parents[2] / "shared" / "articles"

BODY = """The old mill at Nether Tarn will be rebuilt by the spring, the council said on Monday.

“We have waited for nine years,” said the mayor, Irena Fell. “We can wait for one more winter.”

The work will cost 2.4 million crowns, of which the county pays two thirds."""

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


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def reason(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_article(path)
    assert isinstance(caught.value, FootnoteError)
    assert str(caught.value) == f"{path}: {caught.value.reason}"
    assert "\n" not in caught.value.reason
    return caught.value.reason


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    assert read_article(write(tmp_path, "mill.txt", BODY.encode(encoding))).text == BODY


def test_windows_1252(tmp_path: Path) -> None:
    assert read_article(write(tmp_path, "mill.txt", BODY.encode("cp1252"))).text == BODY


def test_utf8_with_a_damaged_byte_stays_utf8(tmp_path: Path) -> None:
    raw = (
        BODY.encode() + b"\n\nThe caf\xc3 stays shut, \xe2\x80\x9cfor ever\xe2\x80\x9d, they said."
    )
    assert "“We have waited" in read_article(write(tmp_path, "mill.txt", raw)).text


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings(tmp_path: Path, ending: str) -> None:
    assert read_article(write(tmp_path, "mill.txt", BODY.replace("\n", ending))).text == BODY


def test_a_declared_charset_is_believed(tmp_path: Path) -> None:
    page = HTML.replace("utf-8", "windows-1251").replace("council", "совет")
    path = write(tmp_path, "mill.html", page.replace("“", '"').replace("”", '"').encode("cp1251"))
    assert "совет" in read_article(path).text


# What cannot be read


def test_empty(tmp_path: Path) -> None:
    assert "empty" in reason(write(tmp_path, "a.txt", b""))
    assert "empty" in reason(write(tmp_path, "b.txt", b" \r\n\t\n"))


def test_no_words(tmp_path: Path) -> None:
    assert "no article" in reason(write(tmp_path, "a.txt", "--- *** ---"))


def test_binary(tmp_path: Path) -> None:
    assert "binary" in reason(write(tmp_path, "a.txt", bytes(range(256)) * 40))
    assert "binary" in reason(write(tmp_path, "b.html", b"\x89PNG\r\n\x1a\n" + os.urandom(4000)))


def test_enormous(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert reason(path).startswith("200 MB")


def test_missing_folder_and_unknown_kind(tmp_path: Path) -> None:
    assert "no such file" in reason(tmp_path / "a.txt")
    (tmp_path / "b.txt").mkdir()
    assert "not a regular file" in reason(tmp_path / "b.txt")
    assert ".pdf" in reason(write(tmp_path, "c.pdf", b"%PDF-1.7"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", BODY)
    path.chmod(0)
    assert "cannot be opened" in reason(path)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_read_or_say_why(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("a.txt", "a.md"):
        with suppress(UnreadableFile):
            assert read_article(write(folder, name, raw)).text


@pytest.mark.parametrize("mark", ["a", "[", "©", "- ", "> ", "*", "<!--", "(photo ", "1. "])
def test_endless_repetition_is_read(tmp_path: Path, mark: str) -> None:
    """None of the patterns may take quadratic time: this test would not come to its end."""
    for name in ("a.txt", "a.md"):
        with suppress(UnreadableFile):
            assert read_article(write(tmp_path, name, mark * 20_000)).text


# Ids and the title


def test_identity(tmp_path: Path) -> None:
    path = write(tmp_path, "2021/Überfall am Markt №1.txt", BODY)
    assert read_article(path).id == "Überfall am Markt №1.txt"
    assert read_article(path, root=tmp_path).id == "2021/Überfall am Markt №1.txt"
    assert read_article(path).path == str(path)


def test_the_title_is_not_repeated(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "a.txt", f"Old mill to be rebuilt\n\n{BODY}"))
    assert (article.title, article.text) == ("Old mill to be rebuilt", BODY)


def test_a_text_without_headline_is_called_by_its_beginning(tmp_path: Path) -> None:
    assert read_article(write(tmp_path, "a.txt", BODY)).title.startswith("The old mill at Nether")


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


# Details in plain text


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
def test_details_of_the_originals(key: str, outlet: str, published: date | None) -> None:
    found = list(ORIGINALS.glob(f"{key}_*.txt"))
    if not found:
        pytest.skip("../shared/articles is not here")
    article = read_article(found[0])
    assert (article.outlet, article.published) == (outlet, published)


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


# Folders


def test_folder_walk(tmp_path: Path) -> None:
    kept = ["a.txt", "b c.md", "sub/ünï.HTML", "sub/deep/x.htm", "notice-of-strike.txt"]
    for name in kept:
        write(tmp_path, name, BODY)
    beside = ["README.md", "README.de.md", "LICENSE", "CHANGELOG.txt", ".hidden.txt", ".git/c.txt"]
    for name in [*beside, "sub/readme.txt", "page_files/style.css"]:
        write(tmp_path, name, BODY)
    write(tmp_path, "report.pdf", b"%PDF")
    write(tmp_path, "photo.jpg", b"\xff\xd8")
    found = list(find_files(tmp_path))
    paths = [str(item.relative_to(tmp_path)) for item in found if isinstance(item, Path)]
    assert sorted(paths) == sorted(kept)
    assert paths == [str(path) for path in sorted(map(Path, paths))]
    skipped = {Path(item.path).name: item.reason for item in found if isinstance(item, Skipped)}
    assert skipped.keys() == {"report.pdf", "photo.jpg"}
    assert all("save" in why for why in skipped.values())


def test_link_loops(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.txt", BODY)
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = list(find_files(tmp_path))
    assert [item.name for item in found if isinstance(item, Path)] == ["a.txt"]
    skipped = [item for item in found if isinstance(item, Skipped)]
    assert {Path(item.path).name for item in skipped} == {"loop", "self.txt", "gone.txt"}


def test_one_file_and_no_file(tmp_path: Path) -> None:
    path = write(tmp_path, "README.md", BODY)
    assert list(find_files(path)) == [path]  # named by hand, so it is wanted
    (missing,) = find_files(tmp_path / "nowhere")
    assert isinstance(missing, Skipped)


def test_reading_imports_nothing_heavy() -> None:
    heavy = "{'trafilatura', 'lxml', 'torch', 'llama_index', 'chromadb', 'numpy'}"
    code = f"import sys, qa.articles; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.stdout.strip() == "[]"
