"""Where an archive lies: a folder or an address, and never the password in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.config import Config
from qa.errors import FootnoteError
from vectorstore.place import Address, located

SECRET = "s3cret/x"
URL = "postgresql://ann:s3cret%2Fx@db.example:5433/news"


def test_folders_stay_folders() -> None:
    assert located("clippings/archive") == Path("clippings/archive")
    assert located(Path("postgresql")) == Path("postgresql")


def test_an_address_shows_all_but_its_password() -> None:
    address = located(URL)
    assert isinstance(address, Address)
    assert str(address) == repr(address) == "postgresql://ann@db.example:5433/news"
    assert str(located(f"{URL}?password=other&options=-csearch_path%3Dteam")) == str(address)
    said = address.without_password(f"no entry for {SECRET} nor s3cret%2Fx")
    assert "s3cret" not in said


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:s3@cret@db.example/news",
        "postgresql://ann:12/s3cret@db.example/news",
        "postgresql://ann:s3/cret@db.example/news",
        "postgresql://ann:s3#cret@db.example/news",
        "postgresql://ann:s3?cret@db.example/news",
        "postgresql://ann:s3cret@db.example:70000/news",
        "postgresql://ann:s3cret@db.example:0/news",
        "postgresql://ann:s3cret@db.example",
        "postgres://ann:s3cret@[::1/news",
    ],
)
def test_an_address_that_is_none_is_one_line_that_shows_nothing_of_it(url: str) -> None:
    with pytest.raises(FootnoteError, match="postgresql://USER:PASSWORD") as raised:
        Config.from_environment({"FOOTNOTE_ARCHIVE": url})
    said = str(raised.value)
    assert "\n" not in said
    assert "s3" not in said
    assert "cret" not in said


def test_the_settings_name_a_database_and_do_not_show_its_password() -> None:
    config = Config.from_environment({"FOOTNOTE_ARCHIVE": URL, "FOOTNOTE_CHROMA_WAIT": "3"})
    assert config.archive == Address(URL)
    assert config.chroma_wait == 3
    assert "s3cret" not in repr(config)
    with pytest.raises(FootnoteError, match="FOOTNOTE_CHROMA_WAIT is 0"):
        Config.from_environment({"FOOTNOTE_CHROMA_WAIT": "0"})


def test_uploads_have_a_home_wherever_the_archive_lies() -> None:
    assert Config(archive=Path("a")).uploads_folder == Path("a/uploads")
    assert Config(archive=Address(URL)).uploads_folder == Path("uploads")
    named = Config.from_environment({"FOOTNOTE_ARCHIVE": URL, "FOOTNOTE_UPLOADS": "/srv/kept"})
    assert named.uploads_folder == Path("/srv/kept")
