"""What several test files share: an archive of the seeds, with the real model and real Chroma."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import Assistant

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
