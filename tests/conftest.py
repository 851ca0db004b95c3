"""What several test files share: archives, with the real model and real Chroma."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qa import Assistant

if TYPE_CHECKING:
    from tests.postgres import Server
    from vectorstore.store import Store

# Helpers that assert: a failure in them is to be explained like one in a test.
pytest.register_assert_rewrite("tests.reports", "tests.ui.watch")

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session", autouse=True)
def plain_environment() -> None:
    """No setting of the person who runs the tests reaches them."""
    for name in [name for name in os.environ if name.startswith("FOOTNOTE_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def seeds_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of our five seed articles, closed; open it read-only."""
    folder = tmp_path_factory.mktemp("archive") / "seeds"
    names = (
        "eu-seoul-strategic-dialogue",
        "lavrov-choe-moscow-talks",
        "russian-ambassador-summoned",
        "seoul-wellington-summit",
        "ten-countries-joint-statement",
    )
    with Assistant.open(folder) as assistant:
        report = assistant.ingest(*(SEEDS / f"{name}.md" for name in names))
    assert len(report.added) == 5, report
    return folder


@pytest.fixture(scope="session")
def seeds(seeds_archive: Path) -> Iterator[Assistant]:
    """The seeds, open for asking."""
    with Assistant.open(seeds_archive, read_only=True) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def originals() -> Path:
    """The five articles that Footnote began with; they are nobody's to hand on, so they lie
    beside the repository or nowhere."""
    folder = ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip(f"the original articles are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; without the programs for it, the test is skipped."""
    from tests.postgres import programs, running

    if programs() is None:
        pytest.skip("there is no PostgreSQL here (apt install postgresql)")
    with running() as server:
        yield server


@pytest.fixture(params=["folder", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new archive can be, for each engine that keeps one."""
    if request.param == "folder":
        return tmp_path / "archive"
    return str(request.getfixturevalue("postgres").database())


@pytest.fixture(scope="module", params=["folder", "postgres"])
def shared_place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path | str:
    """`place`, for one archive of all the tests of a file."""
    if request.param == "folder":
        return tmp_path_factory.mktemp("shared")
    return str(request.getfixturevalue("postgres").database())


@pytest.fixture(scope="module")
def reports(shared_place: Path | str) -> Iterator[Store]:
    """Five reports, which no test changes."""
    from tests.reports import five, opened, put  # here, since it loads the model

    with opened(shared_place) as store:
        put(store, *five())
        yield store


@pytest.fixture
def store(place: Path | str) -> Iterator[Store]:
    """An empty store."""
    from tests.reports import opened

    with opened(place) as store:
        yield store
