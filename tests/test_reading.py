"""Files and folders become articles, or a plain reason why they do not."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.articles import find_files, read_article
from qa.errors import FootnoteError, UnreadableFile
from qa.records import Skipped
from tests.files import BODY, write


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


OTHER_SCRIPTS = {
    "cp1251": "Мэр города Велл сообщил в понедельник, что старая мельница будет восстановлена.",
    "koi8-r": "Работы обойдутся городу в два миллиона крон, сообщил мэр в понедельник утром.",
    "cp1253": "Ο δήμαρχος του Βελ δήλωσε τη Δευτέρα ότι ο παλιός μύλος θα ξαναχτιστεί την άνοιξη.",
    "cp1256": "أعلن عمدة فيل يوم الاثنين أن الطاحونة القديمة ستعاد بناؤها بحلول الربيع.",
    "shift_jis": "ヴェル市長は月曜日、古い水車小屋を春までに再建すると発表した。",
    "gb18030": "韦尔市市长星期一宣布，老磨坊将在春天之前重建。工程将耗资二百四十万克朗。",
    "big5": "韋爾市市長星期一宣布，老磨坊將在春天之前重建。工程將耗資二百四十萬克朗。",
    "cp949": "벨 시장은 월요일에 오래된 방앗간을 봄까지 다시 짓겠다고 발표했다.",
}


@pytest.mark.parametrize("encoding", OTHER_SCRIPTS)
def test_other_scripts_are_told_by_what_they_say(tmp_path: Path, encoding: str) -> None:
    said = OTHER_SCRIPTS[encoding]
    assert said in read_article(write(tmp_path, "a.txt", said.encode(encoding))).text


@pytest.mark.parametrize("times", [1, 4, 20])
def test_western_text_is_never_taken_for_another(tmp_path: Path, times: int) -> None:
    for said in (
        "The café at Port Venn will close, the naïve owner said. “We can’t go on,” she added.",
        "Borgmästaren i Vell sade på måndagen att den gamla kvarnen ska byggas upp före våren.",
        "Le maire de Vell a annoncé lundi que l’école fermera ses portes. « C’est décidé », a dit.",
    ):
        text = "\n\n".join(f"{said} ({number})" for number in range(times))
        assert said in read_article(write(tmp_path, "a.txt", text.encode("cp1252"))).text


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings(tmp_path: Path, ending: str) -> None:
    assert read_article(write(tmp_path, "mill.txt", BODY.replace("\n", ending))).text == BODY


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
    assert ".odt" in reason(write(tmp_path, "c.odt", b"PK"))


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


# Folders


def test_folder_walk(tmp_path: Path) -> None:
    kept = ["a.txt", "b c.md", "sub/ünï.HTML", "sub/deep/x.htm", "notice-of-strike.txt"]
    for name in kept:
        write(tmp_path, name, BODY)
    beside = ["README.md", "README.de.md", "LICENSE", "CHANGELOG.txt", ".hidden.txt", ".git/c.txt"]
    for name in [*beside, "sub/readme.txt", "page_files/style.css"]:
        write(tmp_path, name, BODY)
    write(tmp_path, "report.odt", b"PK")
    write(tmp_path, "photo.jpg", b"\xff\xd8")
    found = list(find_files(tmp_path))
    paths = [str(item.relative_to(tmp_path)) for item in found if isinstance(item, Path)]
    assert sorted(paths) == sorted(kept)
    assert paths == [str(path) for path in sorted(map(Path, paths))]
    skipped = {Path(item.path).name: item.reason for item in found if isinstance(item, Skipped)}
    assert skipped.keys() == {"report.odt", "photo.jpg"}
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
