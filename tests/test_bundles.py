"""Files in files: zips, mailboxes, mails with what is attached, feeds; and those made to harm."""

from __future__ import annotations

import shutil
import stat
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from qa import Assistant, FootnoteError
from qa.articles.bundles import unpacked
from qa.articles.parts import Job
from qa.articles.reading import read_article, read_parts
from qa.errors import UnreadableFile
from tests.documents import bundle, column, mail, pdf
from tests.files import BODY, write

STORIES = {
    "mill.txt": BODY,
    "2024/quay.txt": BODY.replace("mill", "quay"),
    "2024/inn.md": f"---\ntitle: The inn\n---\n{BODY.replace('mill', 'inn')}",
}
FEED = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Tarn Valley Star</title>
<entry><title>Old mill to be rebuilt</title><id>1</id><link href="https://star.example/mill"/>
<published>2024-05-01T10:00:00Z</published><author><name>Gwen Aske</name></author>
<content type="html">{"".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in BODY.split(chr(10) * 2))}
</content></entry><entry><title>The quay is shut for the winter</title><id>2</id></entry></feed>"""


def names(path: str, raw: bytes) -> dict[str, str]:
    """Each name in a file, and why it is left out."""
    return {member.name: member.reason for member in unpacked(Path(path), raw)}


def test_names_lead_nowhere_else() -> None:
    inside = {
        **dict.fromkeys(
            ("../../etc/a.txt", "/etc/b.txt", "C:\\news\\c.txt", "d\n\x1b[31m.txt"), "x"
        ),
        **dict.fromkeys((".hidden/x.txt", "__MACOSX/x.txt", "README.md", "a/style.css"), "x"),
        **dict.fromkeys(("..", "../..", "photo.jpg"), "x"),
    }
    found = names("a.zip", bundle(inside))
    assert [*found][:4] == ["etc/a.txt", "etc/b.txt", "C/news/c.txt", "d[31m.txt"]
    assert {*found} - {*[*found][:4]} == {"unnamed", "photo.jpg"}
    assert "image" in found["photo.jpg"]


def patched(raw: bytes, at: int, value: bytes) -> bytes:
    """A zip whose first entry in the directory is another at a place."""
    start = raw.index(b"PK\x01\x02") + at
    return raw[:start] + value + raw[start + len(value) :]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    zeros = bundle({f"{n}.txt": bytes(15_000_000) for n in range(3)})
    assert len(zeros) < 100_000
    with pytest.raises(UnreadableFile, match="times its size"):
        names("bomb.zip", zeros)
    many = BytesIO()
    with zipfile.ZipFile(many, "w") as target:
        for number in range(10_001):
            target.writestr(f"{number}.txt", "")
    with pytest.raises(UnreadableFile, match="more than 10,000 files"):
        names("many.zip", many.getvalue())


def test_a_size_that_is_a_lie_is_not_believed() -> None:
    raw = bundle({"a.txt": bytes(9_000_000), "b.txt": BODY})
    lie = patched(raw, 24, struct.pack("<I", 100))
    assert "cannot be read" in names("a.zip", lie)["a.txt"]
    assert names("a.zip", lie)["b.txt"] == ""


def test_bombs_in_one_another_come_to_an_end() -> None:
    inner = bundle({"a.txt": BODY})
    for _ in range(5):
        inner = bundle({"in.zip": inner})
    (name, reason), *others = names("out.zip", inner).items()
    assert not others
    assert name.count("in.zip") == 4
    assert "too many files within one another" in reason


def test_what_cannot_be_unpacked_says_why() -> None:
    raw = bundle({"a.txt": BODY})
    assert "encrypted" in names("a.zip", patched(raw, 8, b"\x01\x00"))["a.txt"]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(link, "/etc/passwd")
        target.writestr("b.txt", "one")
        with pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("b.txt", "two")
    parts = [*unpacked(Path("a.zip"), out.getvalue())]
    assert "a link" in parts[0].reason
    assert (parts[1].content, "same name" in parts[2].reason) == (b"one", True)


def test_one_damaged_file_of_a_bundle_takes_no_other_with_it() -> None:
    raw = bundle({"mill.txt": BODY, "quay.txt": BODY.replace("mill", "quay")})
    begins = raw.index(b"mill.txt") + len("mill.txt")
    found = names("a.zip", raw[:begins] + b"\xff" * 8 + raw[begins + 8 :])
    assert found["quay.txt"] == ""
    assert "cannot be read" in found["mill.txt"]


def test_a_damaged_bundle_is_one_reason(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", b"PK\x03\x04 no more")
    (part,) = read_parts(Job(path=str(path), root=str(tmp_path)))
    assert (part.name, part.article) == ("", None)
    assert "zip" in part.reason
    with pytest.raises(UnreadableFile, match="put it in with"):
        read_article(path)


def test_a_mailbox_is_its_mails_and_a_mail_what_is_attached() -> None:
    first = mail(BODY, subject="Old mill", attached={"vote.pdf": b"%PDF", "logo.png": b"\x89"})
    second = mail("Hello.\n\nFrom there it went on.", subject="Re: A/../b")
    box = b"From a@star.example Mon\n" + first + b"\n\nFrom b@star.example Tue\n" + second
    found = [*names("box.mbox", box)]
    assert [name.rpartition("-")[0] for name in found[::2]] == ["old-mill", "re-a-b"]
    assert found[1] == f"{found[0]}/vote.pdf"
    assert [*names("a.eml", first)] == ["", "vote.pdf"]


def test_a_feed_is_its_entries(tmp_path: Path) -> None:
    path = write(tmp_path, "star.atom", FEED)
    first, second = (part.article for part in read_parts(Job(path=str(path), root=str(tmp_path))))
    assert first is not None
    assert (first.title, first.outlet) == ("Old mill to be rebuilt", "Tarn Valley Star")
    assert (first.url, str(first.published)) == ("https://star.example/mill", "2024-05-01")
    assert (first.byline, first.text) == ("Gwen Aske", BODY)
    assert second is not None
    assert second.text == "The quay is shut for the winter"


# Into the archive


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(tmp_path / "archive") as opened:
        yield opened


def test_a_bundle_is_kept_up_to_date_like_a_folder(assistant: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "news.zip", bundle(STORIES))
    ids = [f"news.zip/{name}" for name in STORIES]
    assert assistant.ingest(folder).added == ids
    assert assistant.article(ids[2]).title == "The inn"
    assert assistant.ingest(folder, prune=True).unchanged == ids
    changed = STORIES | {"mill.txt": STORIES["2024/quay.txt"], "2024/quay.txt": BODY}
    write(folder, "news.zip", bundle(changed))
    report = assistant.ingest(folder)
    assert (sorted(report.updated), report.unchanged) == (sorted(ids[:2]), ids[2:])
    assert "quay" in assistant.article(ids[0]).text
    assert "mill" in assistant.article(ids[1]).text
    del changed["2024/inn.md"]
    write(folder, "news.zip", bundle(changed))
    assert assistant.ingest(folder).removed == []
    assert assistant.ingest(folder, prune=True).removed == ids[2:]
    shutil.move(folder / "news.zip", folder / "moved.zip")
    report = assistant.ingest(folder)
    assert len(assistant.articles()) == 2
    assert sorted(report.removed) == sorted(ids[:2])
    (folder / "moved.zip").unlink()
    assert len(assistant.ingest(folder, prune=True).removed) == 2


def test_a_citation_names_the_page(assistant: Assistant, tmp_path: Path) -> None:
    pages = [
        column(["The council of Nether Tarn met on Monday to speak of the old mill.", ""]),
        column(["The work on the mill will cost 2.4 million crowns, the mayor said."]),
        column(["The quay will be shut until the spring, the harbour office said."]),
    ]
    write(tmp_path, "mill.pdf", pdf(pages, Title="The mill and the quay"))
    assistant.ingest(tmp_path / "mill.pdf")
    answer = assistant.ask("What will the work on the mill cost?")
    (citation, *_) = answer.citations
    assert "2.4 million" in citation.quote
    assert citation.page == 2
    assert citation.quote == assistant.article("mill.pdf").text[citation.start : citation.end]


def test_a_pasted_text_is_kept_as_a_file(assistant: Assistant, tmp_path: Path) -> None:
    text = f"Old mill to be rebuilt\n\nBy Gwen Aske\n\nMay 1, 2024\n\n{BODY}"
    (added,) = assistant.ingest_text(text).added
    article = assistant.article(added)
    assert (added, article.title) == ("old-mill-to-be-rebuilt.txt", "Old mill to be rebuilt")
    assert (str(article.published), article.text) == ("2024-05-01", BODY)
    assert Path(article.path).read_text("utf-8") == text
    assert assistant.ingest_text(text).unchanged == [added]
    other = text.replace("nine", "ten")
    assert assistant.ingest_text(other).added == ["old-mill-to-be-rebuilt-2.txt"]
    with pytest.raises(FootnoteError, match="empty"):
        assistant.ingest_text(" \n")
