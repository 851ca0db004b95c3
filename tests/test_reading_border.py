"""One bad file never ends an ingestion: it is named with a reason, and the rest goes in."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import Assistant
from qa.articles import find_files, read_article, reading
from qa.errors import UnreadableFile
from qa.records import Skipped
from tests.files import BODY, write

GOOD = 5
PAGE = f"<html><head>%s</head><body><p>{BODY} caf\xe9</p></body></html>"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(tmp_path / "archive") as opened:
        yield opened


def front(fields: str) -> bytes:
    return f"---\n{fields}\n---\n\n{BODY}\n".encode()


BAD = {
    "deep.md": front("title: " + "[" * 20_000),
    "keys.md": front("\n".join(" " * n + f"k{n}:" for n in range(3_000))),
    "itself.md": front("title: &a [*a]"),
    "digits.md": front("title: 0x" + "f" * 8_000),
    "decimal.md": front("title: " + "9" * 8_000),
    "sexagesimal.md": front("title: 1" + ":59" * 9_000),
    "surrogate.md": front(r'title: "\ud800"'),
    "octets.md": front(r'title: "\x00\x1b[31m"' + "\nurl: a\x00b"),
    "tagged.md": front("title: !!python/object/apply:os.system [echo]\ndate: !!timestamp x"),
    "idna.html": PAGE.replace("%s", '<meta charset="idna">').encode("cp1252"),
    "undefined.html": PAGE.replace("%s", '<meta charset="undefined">').encode("cp1252"),
    "base64.html": PAGE.replace("%s", '<meta charset="base64">').encode("cp1252"),
    "unicode_escape.html": PAGE.replace("%s", '<meta charset="unicode_escape">').encode("cp1252"),
    "nested.html": b"<div>" * 50_000 + BODY.encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_costs_nobody_else(assistant: Assistant, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "news"
    write(folder, name, BAD[name])
    for number in range(GOOD):
        write(folder, f"good-{number}.txt", BODY.replace("nine", str(10 + number)))
    report = assistant.ingest(folder)
    assert sum(id_.startswith("good-") for id_ in report.added) == GOOD
    told = [*report.added, *(Path(skipped.path).name for skipped in report.skipped)]
    assert name in told
    assert all("\n" not in skipped.reason for skipped in report.skipped)
    if name in report.added:
        article = assistant.article(name)
        assert "rebuilt by the spring" in article.text
        assert len(article.title) <= 1_000
        assert not any(ord(letter) < 32 for letter in article.title + article.url)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (RecursionError("maximum recursion depth exceeded"), "nested too deeply"),
        (MemoryError(), "not enough memory"),
        (KeyError("strange\nthing"), "KeyError"),
    ],
)
def test_whatever_a_reader_raises_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception, says: str
) -> None:
    def broken(content: str) -> None:
        raise error

    monkeypatch.setattr(reading, "read_plain", broken)
    path = write(tmp_path, "a.txt", BODY)
    with pytest.raises(UnreadableFile, match=says) as caught:
        read_article(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_whatever_cutting_raises_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, assistant: Assistant, tmp_path: Path
) -> None:
    from qa.articles import passages

    def broken(text: str) -> None:
        if "ten" in text:
            raise RuntimeError("no such luck")
        return spans(text)

    spans = passages.sentence_spans
    monkeypatch.setattr(passages, "sentence_spans", broken)
    write(tmp_path / "news", "a.txt", BODY)
    write(tmp_path / "news", "b.txt", BODY.replace("nine", "ten"))
    write(tmp_path / "news", "c.txt", BODY.replace("nine", "six"))
    report = assistant.ingest(tmp_path / "news")
    assert report.added == ["a.txt", "c.txt"]
    (skipped,) = report.skipped
    assert "no such luck" in skipped.reason


# Front matter


@pytest.mark.parametrize("name", ["bomb.md", "bomb.txt"])
def test_an_alias_bomb_is_a_small_file_like_others(tmp_path: Path, name: str) -> None:
    bomb = "\n".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)
    )
    before = time.process_time()
    article = read_article(
        write(tmp_path, name, front(f"a: &a [lol, lol]\n{bomb}\ntitle: *j\noutlet: *i"))
    )
    assert time.process_time() - before < 2
    assert "rebuilt by the spring" in article.text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024", "2024"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("12:30:45", "12:30:45"),
        ("No", "No"),
        ("1_000", "1_000"),
        ("'it''s'", "it's"),
        (r'"a \"word\" \u00e9"', 'a "word" é'),
        ("[Gwen Aske, Mara Osk]", "Gwen Aske, Mara Osk"),
        (">\n  folded\n  lines", "folded lines"),
        ("null", "mill"),
        ("~", "mill"),
        ("", "mill"),
    ],
)
def test_a_title_is_what_was_written(tmp_path: Path, written: str, read: str) -> None:
    path = write(tmp_path, "mill.md", front(f"outlet: Tarn Valley Star\ntitle: {written}"))
    article = read_article(path)
    assert (article.title, article.outlet) == (read, "Tarn Valley Star")


@pytest.mark.parametrize("day", ["2024-05-01", "2024-05-01T23:30:00-05:00", "May 1, 2024"])
def test_a_day_is_read_from_front_matter(tmp_path: Path, day: str) -> None:
    article = read_article(write(tmp_path, "a.md", front(f"published: {day}\ntags: [a, b]")))
    assert str(article.published) == "2024-05-01"


# Folders


def test_folders_nested_to_the_system_s_limit(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", BODY)
    write(tmp_path, "z.txt", BODY)
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for depth in range(2_500):  # past the longest path that the system opens
            os.mkdir("d", dir_fd=here)
            below = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
            if depth == 900:
                os.close(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    finally:
        os.close(here)
    try:
        found = list(find_files(tmp_path))
    finally:
        os.system(f"rm -rf '{tmp_path}/d'")
    names = [path.name for path in found if isinstance(path, Path)]
    assert names == ["a.txt", "deep.txt", "z.txt"]
    (skipped,) = [item for item in found if isinstance(item, Skipped)]
    assert "cannot be opened" in skipped.reason


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path, "elsewhere/secret.txt", "The password is swordfish.")
    inside = write(tmp_path, "news/2024/mill.txt", BODY)
    (tmp_path / "news" / "a.txt").symlink_to(secret)
    (tmp_path / "news" / "b").symlink_to(secret.parent)
    (tmp_path / "news" / "c.txt").symlink_to(inside)
    found = list(find_files(tmp_path / "news"))
    assert [path.name for path in found if isinstance(path, Path)] == ["mill.txt", "c.txt"]
    skipped = {Path(item.path).name: item.reason for item in found if isinstance(item, Skipped)}
    assert skipped.keys() == {"a.txt", "b"}
    assert all("leads out of the folder" in reason for reason in skipped.values())
    link = tmp_path / "news" / "a.txt"
    assert list(find_files(link)) == [link]  # named by hand, so it is wanted
