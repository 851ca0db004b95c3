"""A real archive in a real server, a real evaluation, and a real browser before them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ui
from qa import Assistant, Config
from qa.evaluation import Report, evaluate, load_gold
from tests.conftest import SEEDS
from tests.ui.outcomes import PAIRS, with_failures
from tests.ui.steps import Chat
from tests.ui.watch import Desk, Visits

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
HOSTILE = """---
title: "<img src=x onerror=window.pwned=1> {{constructor.constructor('window.pwned=2')()}}"
outlet: "<b onmouseover=window.pwned=3>Evil & Sons</b>"
published: 2024-02-02
url: "javascript:window.pwned=4"
---

The dragon of Grubenhagen ate ${window.pwned=5} seven sheep, villagers said on Friday, {{7*7}}.
"""
TAGS = (
    "</mark></p><script>window.pwned=6</script>"
    '<img src="https://evil.example/x.png" onerror="window.pwned=7">'
)
HOSTILE_TEXT = f"""The cave of Grubenhagen

GRUBENHAGEN, Feb. 2, 2024 — The cave is home to ninety bats, the town hall said on Friday. It has \
counted them every winter since 1998, when the first gate was built at its mouth.

The warden, Otto Lang, who has lived beside the cave for thirty years, feeds the owl {TAGS} every \
evening at nine, the mayor said. He has never missed one, not even in the great snow, she said.

The bats leave in April, when the snow of the valley has melted and the mill turns again. Until \
then nobody but the warden may enter, and the mayor has asked walkers to keep their dogs away.
"""
LONG = (
    "---\ntitle: The delegates who travelled to "
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch for a conference on rivers that "
    "had been put off twice\noutlet: Rivers Weekly\npublished: 2022-05-01\n---\n\n"
    + "\n\n".join(
        f"In week {week} the secretariat counted {week * 7} requests for a room. "
        f"The hotels of the valley could take {week * 3} of them before they closed."
        for week in range(1, 40)
    )
    + "\n\nThe river Marne was measured at nine metres by the engineer Odile Perrault.\n"
)


@contextmanager
def served(archive: Path, config: Config | None = None) -> Iterator[Chat]:
    """The chat over an archive, on a free port, until the block ends."""
    with Assistant.open(archive, config=config) as assistant:
        server = ui.launch(assistant, uploads=archive / "uploads")
        yield Chat(assistant, server.url, archive / "uploads")
        server.close()


@pytest.fixture(scope="package")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """The seeds, two hostile articles and a long one, in one server for all these tests."""
    folder = tmp_path_factory.mktemp("articles")
    shutil.copytree(SEEDS, folder, dirs_exist_ok=True)
    (folder / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    (folder / "hostile.txt").write_text(HOSTILE_TEXT, encoding="utf-8")
    (folder / "long.md").write_text(LONG, encoding="utf-8")
    with served(tmp_path_factory.mktemp("archive")) as chat:
        chat.assistant.ingest(folder)
        yield chat


@pytest.fixture(scope="package")
def empty_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    with served(tmp_path_factory.mktemp("empty")) as chat:
        yield chat


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("there is no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as session:
        browser = session.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    visits = Visits(browser)
    yield visits
    visits.close()


@pytest.fixture(scope="session")
def run(seeds: Assistant) -> Report:
    """A few of the seeds' own questions, asked."""
    pairs = load_gold(SEEDS / "gold.jsonl").pairs
    return evaluate(seeds, pairs[:: len(pairs) // PAIRS][:PAIRS], name="a small run")


@pytest.fixture(scope="session")
def report(run: Report) -> Report:
    """The same, with failures whatever the reader can do, and with tags wherever words may be."""
    return with_failures(run)


@pytest.fixture
def look(browser: Browser, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(browser, tmp_path)
    yield desk
    desk.close()
