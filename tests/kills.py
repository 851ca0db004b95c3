"""Every way that an archive may be cut, filled, torn or taken away, and what must hold after it.

A scene gets a closed archive and does to it what its name says. Whatever it did, the archive then
opens, has every article that was acknowledged, finds what it found, and nothing lies about; or, if
the ledger itself was hurt, one line says so.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

from qa import Assistant, Config
from qa.upkeep import examine
from tests.reports import EMBEDDING, article, item, many, noted, opened, put, right
from vectorstore.backup import back_up, restore
from vectorstore.embedding import Embedding, Progress
from vectorstore.errors import ArchiveError
from vectorstore.store import Store
from vectorstore.vectors import Vectors

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["chromadb", "onnxruntime", "tests.kills"])
_OLD = 1050
ASKED = "How many boats were sold?"
_GROUP = 3  # articles of a put
_NAMES = 40  # that come round again and again, each time in a higher version
_REFUSED = 7  # the exit code of a child that was told in one line why it may not go on
_OURS = ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", "lock", "uploads")


@dataclass
class Scene:
    """An archive, what was acknowledged of it, and a way to make the same choices again."""

    archive: Path
    chance: random.Random

    @property
    def acknowledged(self) -> Path:
        """A line for each put that came back: its version, and the names that have it."""
        return self.archive.with_name("acknowledged")

    def wanted(self) -> dict[str, int]:
        """Article id to the version that it must at least have."""
        lines = self.acknowledged.read_text().splitlines() if self.acknowledged.exists() else []
        return {
            f"kept-{name}.txt": int(version)
            for version, *names in map(str.split, lines)
            for name in names
        }


class Sketched(Embedding):
    """Gives each text a vector near that of one of a few, and reads only those."""

    def encode(
        self, texts: Sequence[str], on_progress: Progress | None = None, *, bulk: bool = False
    ) -> Vectors:
        few = super().encode([report.text for report in many(_NAMES, 1)])
        noise = np.random.default_rng(len(texts)).normal(size=(len(texts), few.shape[1]))
        vectors = few[np.arange(len(texts)) % _NAMES] + 0.02 * noise.astype(np.float32)
        nearby: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return nearby


def build(folder: Path) -> Path:
    """An archive of so many articles that Chroma has written its graph out."""
    sketched = Sketched(EMBEDDING.name, EMBEDDING.revision, EMBEDDING._folder)
    with opened(folder, embedding=sketched) as store:
        put(store, *(article(f"old-{n}.txt", f"Old report number {n}.") for n in range(_OLD)))
        store.dense(ASKED, 1)
    return folder


# What children do


def put_for_ever(archive: Path, acknowledged: Path, limit: int = 0) -> None:
    """Replace reports, version after version, and write down each put that came back.

    Args:
        archive: where.
        acknowledged: the file to write to.
        limit: bytes that a file may have; 0: as many as it likes.
    """
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    with _refused(), opened(archive) as store:
        for version in range(1, 10_000):
            names = [(version * _GROUP + k) % _NAMES for k in range(_GROUP)]
            reports = [
                article(f"kept-{n}.txt", f"Report {version} of the ferry {n}.") for n in names
            ]
            store.put([item(store, report, str(version)) for report in reports])
            with acknowledged.open("a") as file:
                file.write(f"{version} {' '.join(map(str, names))}\n")


def ingest_for_ever(archive: Path, acknowledged: Path) -> None:
    """The same from files, through every step of an ingestion."""
    files = archive.with_name("files")
    files.mkdir(exist_ok=True)
    with _refused(), Assistant.open(archive, config=Config(reader="none")) as assistant:
        for version in range(1, 10_000):
            names = [(version * _GROUP + k) % _NAMES for k in range(_GROUP)]
            for n in names:
                told = f"The ferry {n} of Odmark sailed for the {version}th time, its captain said."
                (files / f"kept-{n}.txt").write_text(told)
            assistant.ingest(files)
            with acknowledged.open("a") as file:
                file.write(f"0 {' '.join(map(str, names))}\n")


def open_and_search(archive: Path) -> None:
    """As a server starts: Chroma opens the index, whatever has become of it."""
    with _refused(), opened(archive) as store:
        right(store, archive)


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except ArchiveError as error:
        os._exit(_REFUSED if _is_line(error) else 1)


def _started(work: Callable[..., None], *given: object) -> BaseProcess:
    child = PROCESSES.Process(target=work, args=given)
    child.start()
    return child


def _done(child: BaseProcess) -> int | None:
    child.join(60)
    return child.exitcode


# Scenes


def kill(scene: Scene, work: Callable[..., None]) -> None:
    """Kill a writer at some moment after its first put."""
    child = _started(work, scene.archive, scene.acknowledged)
    _wait_for(scene.acknowledged, child)
    time.sleep(scene.chance.uniform(0, 0.5))
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()


def killed_putting(scene: Scene) -> None:
    """kill -9 while it embeds, or writes the ledger or the index."""
    kill(scene, put_for_ever)


def killed_ingesting(scene: Scene) -> None:
    """kill -9 while it reads files, cuts, embeds or writes."""
    kill(scene, ingest_for_ever)


def killed_opening(scene: Scene) -> None:
    """kill -9 while it opens the index, or builds it anew."""
    if scene.chance.random() < 0.5:
        shutil.rmtree(scene.archive / noted(scene.archive, "index_place"))
    child = _started(open_and_search, scene.archive)
    time.sleep(scene.chance.uniform(0.1, 1.5))
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()


def disk_full(scene: Scene) -> None:
    """No file may grow any more, at some point of the work."""
    size = (scene.archive / "ledger.sqlite").stat().st_size
    child = _started(
        put_for_ever,
        scene.archive,
        scene.acknowledged,
        scene.chance.randrange(1000, size + 200_000),
    )
    assert _done(child) == _REFUSED


def read_only_folder(scene: Scene) -> None:
    """Nothing in the archive may be written; it can be asked all the same."""
    child = _started(_ask_as_nobody, scene.archive)
    assert _done(child) == 0


def _ask_as_nobody(archive: Path) -> None:
    # The model's files may be closed to nobody too.
    assert EMBEDDING.identity
    EMBEDDING.encode_query(ASKED)
    if os.geteuid() == 0:
        os.setresuid(65534, 65534, 65534)
    else:
        archive.chmod(0o555)
    try:
        opened(archive)
    except ArchiveError as error:
        told = str(error)
    with opened(archive, read_only=True) as store:
        assert "cannot be written" in told
        assert store.dense(ASKED, 3)


def torn_index(scene: Scene) -> None:
    """Files of the index are cut, flipped, scribbled over or gone; nothing dies of it."""
    index = scene.archive / noted(scene.archive, "index_place")
    files = [file for file in index.rglob("*") if file.is_file()]
    for file in scene.chance.sample(files, scene.chance.choice((1, 1, 1, 2, len(files)))):
        _hurt(file, scene.chance)
    if scene.chance.random() < 0.1:
        shutil.rmtree(index)
    assert _done(_started(open_and_search, scene.archive)) == 0


def hurt_ledger(scene: Scene) -> None:
    """The ledger is cut or flipped: that is told, or nothing was lost; a backup is the way back."""
    copy = scene.archive.with_name("backup.tar.gz")
    with opened(scene.archive, read_only=True) as store:
        back_up(store._ledger.database, copy)
        before = [(one.id, one.title, one.outlet, one.text) for one in store.articles()]
    _hurt(scene.archive / "ledger.sqlite", scene.chance)
    try:
        with opened(scene.archive, read_only=True) as store:
            told = [trouble.what for trouble in examine(store)]
            after = [(one.id, one.title, one.outlet, one.text) for one in store.articles()]
            assert told or after == before
    except ArchiveError as error:
        told = [str(error)] if _is_line(error) else []
        assert told
    if told:
        shutil.rmtree(scene.archive)
        restore(copy, scene.archive)


def two_writers(scene: Scene) -> None:
    """Both come at the same moment: one is turned away at once."""
    first, second = (_started(put_for_ever, scene.archive, scene.acknowledged) for _ in range(2))
    while first.is_alive() and second.is_alive():
        time.sleep(0.05)
    _wait_for(scene.acknowledged, first if first.is_alive() else second)
    assert [first.is_alive(), second.is_alive()].count(True) == 1
    for child in (first, second):
        if child.is_alive():
            os.kill(child.pid or 0, signal.SIGKILL)
    assert sorted((_done(first), _done(second)), key=str) == sorted(
        (_REFUSED, -signal.SIGKILL), key=str
    )


def clock_backwards(scene: Scene) -> None:
    """The clock was a day ahead and is set back; what it says of files is of no account."""
    for file in scene.archive.rglob("*"):
        os.utime(file, (time.time() + 86_400, time.time() + scene.chance.randrange(86_400)))
    kill(scene, put_for_ever)


def removed_beneath(scene: Scene) -> None:
    """The archive is taken from under a writer: it says so, and acknowledges nothing more."""
    child = _started(put_for_ever, scene.archive, scene.acknowledged)
    _wait_for(scene.acknowledged, child)
    time.sleep(scene.chance.uniform(0, 0.3))
    away = scene.archive.rename(scene.archive.with_name("away"))
    assert _done(child) == _REFUSED
    assert not scene.archive.exists()
    away.rename(scene.archive)


SCENES = (
    killed_putting,
    killed_ingesting,
    killed_opening,
    disk_full,
    read_only_folder,
    torn_index,
    hurt_ledger,
    two_writers,
    clock_backwards,
    removed_beneath,
)


def play(part: Callable[[Scene], None], whole: Path, folder: Path, seed: int) -> None:
    """One scene on a copy of the archive `whole`, and what must hold after it."""
    scene = Scene(shutil.copytree(whole, folder / "archive"), random.Random(seed))
    part(scene)
    with opened(scene.archive) as store:
        _holds(store, scene)
    left = {path.name for path in scene.archive.iterdir()} - set(_OURS)
    assert left == {noted(scene.archive, "index_place")}


def _holds(store: Store, scene: Scene) -> None:
    have = store.hashes()
    assert {f"old-{n}.txt" for n in range(_OLD)} <= have.keys()
    wanted = scene.wanted()
    # What was in flight may be there or not, but whole.
    lost = [id_ for id_, version in wanted.items() if _version(have.get(id_, "-1")) < version]
    assert not lost
    right(store, scene.archive)
    assert [trouble.what for trouble in examine(store)] == []
    kept = [id_ for id_ in have if id_.startswith("kept")]
    assert len(store.lexical("ferry", 100)) == len(kept)


def _is_line(error: ArchiveError) -> bool:
    return bool(str(error)) and "\n" not in str(error)


def _version(digest: str) -> int:
    return 0 if ":" in digest else int(digest)


def _wait_for(file: Path, child: BaseProcess) -> None:
    while not file.exists() or not file.stat().st_size:
        assert child.is_alive()
        time.sleep(0.01)


def _hurt(file: Path, chance: random.Random) -> None:
    size = file.stat().st_size
    kind = chance.choice(("cut", "flip", "scribble", "gone"))
    if kind == "gone" or not size:
        file.unlink()
    elif kind == "cut":
        os.truncate(file, chance.randrange(size))
    else:
        place = chance.randrange(size)
        with file.open("r+b") as stream:
            stream.seek(place)
            old = stream.read(1 if kind == "flip" else 4096)
            stream.seek(place)
            one = bytes([old[0] ^ (1 << chance.randrange(8))])
            stream.write(one if kind == "flip" else chance.randbytes(len(old)))
