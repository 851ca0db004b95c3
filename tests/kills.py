"""Every way that an archive may be cut, filled, torn or taken away, and what must hold after it.

A scene gets a closed archive and does to it what its name says. Whatever it did, the archive then
opens, has every article that was acknowledged, finds what it found, and nothing lies about; or, if
the ledger itself was hurt, one line says so.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

from qa.upkeep import examine
from tests.reports import noted, opened
from tests.victims import (
    ASKED,
    OLD,
    REFUSED,
    ask_as_nobody,
    ingest_for_ever,
    is_line,
    open_and_search,
    put_for_ever,
)
from vectorstore.backup import back_up, restore
from vectorstore.errors import ArchiveError
from vectorstore.store import Store

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["chromadb", "onnxruntime", "tests.kills"])
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
    child.kill()
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
    child.kill()
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
    assert _done(child) == REFUSED


def read_only_folder(scene: Scene) -> None:
    """Nothing in the archive may be written; it can be asked all the same."""
    child = _started(ask_as_nobody, scene.archive)
    assert _done(child) == 0


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
        told = [str(error)] if is_line(error) else []
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
            child.kill()
    assert sorted((_done(first), _done(second)), key=str) == sorted(
        (REFUSED, -signal.SIGKILL), key=str
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
    assert _done(child) == REFUSED
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
    assert {f"old-{n}.txt" for n in range(OLD)} <= have.keys()
    wanted = scene.wanted()
    # What was in flight may be there or not, but whole.
    lost = [id_ for id_, version in wanted.items() if _version(have.get(id_, "-1")) < version]
    assert not lost
    _finds(store)
    assert [trouble.what for trouble in examine(store)] == []
    kept = [id_ for id_ in have if id_.startswith("kept")]
    assert len(store.lexical("ferry", 100)) == len(kept)


def _finds(store: Store) -> None:
    """The index holds every passage as the ledger has it, and gives as many as are asked for.

    Which ones is Chroma's to say: of so many that are so alike its graph misses some, hurt or not.
    """
    assert len(store.dense(ASKED, 10)) == 10
    index = store._mirror._index if store._mirror else None
    assert index is not None
    rows, vectors = store._passages.vectors_above(0)
    held = index.vectors(rows)
    assert index.count() == len(rows) == len(held)
    assert np.allclose([held[row] for row in rows.tolist()], vectors, atol=1e-3)


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
