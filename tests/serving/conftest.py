"""Real servers over real archives, asked over real connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

import ui
from qa import Assistant
from qa.serving.users import Role, Users
from tests.conftest import SEEDS

PASSWORDS = {"anna": "a lantern at dusk", "ben": "nine grey herons"}


@dataclass(frozen=True)
class Place:
    """A server that runs, and what it stands on."""

    url: str
    archive: Path
    assistant: Assistant
    users: Users

    @property
    def uploads(self) -> Path:
        return self.archive / "uploads"

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")


@contextmanager
def served(folder: Path, *, signed: bool = False) -> Iterator[Place]:
    """A server over an archive of one article; `signed`: anna may change it, ben may ask."""
    users = Users(folder / "users")
    if signed:
        users.add("anna", PASSWORDS["anna"], Role.EDITOR)
        users.add("ben", PASSWORDS["ben"], Role.READER)
    with Assistant.open(folder / "archive") as assistant:
        assistant.ingest(SEEDS / "lavrov-choe-moscow-talks.md")
        uploads = folder / "archive" / "uploads"
        server = ui.launch(assistant, uploads=uploads, users=users if signed else None)
        yield Place(server.url, folder / "archive", assistant, users)
        server.close()


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One that lets everybody in."""
    with served(tmp_path_factory.mktemp("open")) as place:
        yield place


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One where anna and ben sign in."""
    with served(tmp_path_factory.mktemp("house"), signed=True) as house:
        yield house


@pytest.fixture
def client(place: Place) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=place.url, timeout=60) as client:
        yield client


@pytest.fixture
def enter(house: Place) -> Iterator[Callable[[str], httpx.Client]]:
    """Somebody who has signed in."""
    with ExitStack() as opened:

        def signed_in(name: str) -> httpx.Client:
            client = opened.enter_context(httpx.Client(base_url=house.url, timeout=60))
            told = {"username": name, "password": PASSWORDS[name]}
            assert client.post("/login", data=told).status_code == 200
            return client

        yield signed_in
