"""The seeds, asked by real clients of a real server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import ui
from qa import Assistant
from qa.serving.api.calls import Calls, Json
from qa.serving.users import Users

ASKED = "Who met Lavrov in Moscow?"
FOLLOW_UP = "What did she say?"
SILENT = "Who won the regatta of Grubenhagen?"


@dataclass(frozen=True)
class Site:
    """A server and the assistant behind it."""

    assistant: Assistant
    url: str

    def direct(self, name: str, **arguments: object) -> Json:
        """What a call returns without any protocol between."""
        *_, whole = Calls(self.assistant).all()[name].steps(arguments)
        return whole


@contextmanager
def served(assistant: Assistant, uploads: Path, users: Users | None = None) -> Iterator[Site]:
    server = ui.launch(assistant, uploads=uploads, users=users)
    yield Site(assistant, server.url)
    server.close()


@pytest.fixture(scope="session")
def site(seeds: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(seeds, tmp_path_factory.mktemp("uploads")) as site:
        yield site


def is_one_quiet_line(line: str) -> bool:
    """Whether an error is a line for a person, and holds nothing of the machine."""
    told = ("Traceback", "File ", str(Path.home()), "/tmp", ".py", "errors.pydantic")
    return bool(line.strip()) and "\n" not in line.strip() and not any(t in line for t in told)
