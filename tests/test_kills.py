"""The archive when its writer is killed, at any moment: nothing acknowledged is lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

from tests.reports import article, item, opened, right

KILLS = 10


def put_for_ever(archive: Path, first: int, acknowledged: Path) -> None:
    """Replace reports, version after version, and write down each that `put` has taken."""
    with opened(archive) as store:
        for version in range(first, first + 10_000):
            group = [version * 3 + k for k in range(3)]
            store.put(
                [
                    item(store, article(f"{n % 40}.txt", f"Report {n} of the ferry."), str(version))
                    for n in group
                ]
            )
            with acknowledged.open("a") as file:
                file.write(f"{version} {' '.join(str(n % 40) for n in group)}\n")


def test_nothing_acknowledged_is_lost_by_kills(tmp_path: Path) -> None:
    archive, acknowledged = tmp_path / "archive", tmp_path / "acknowledged"
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["chromadb", "onnxruntime", "tests.test_kills"])
    want: dict[str, int] = {}
    version, seed = 1, random.randrange(1 << 30)
    chance = random.Random(seed)
    for kill in range(KILLS):
        acknowledged.write_text("")
        child = processes.Process(target=put_for_ever, args=(archive, version, acknowledged))
        child.start()
        while not acknowledged.stat().st_size:
            assert child.is_alive()
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        for line in acknowledged.read_text().splitlines():
            version, *numbers = map(int, line.split())
            want.update({f"{n}.txt": version for n in numbers})
        with opened(archive) as store:
            have = {id_: int(digest) for id_, digest in store.hashes().items()}
            # What was in flight may be there or not, but whole.
            lost = [id_ for id_ in want if not want[id_] <= have.get(id_, 0) <= version + 1]
            assert not lost, f"kill {kill}, seed {seed}"
            right(store, archive)
            assert len(store.lexical("ferry", 100)) == store.count()[1]
        version += 2
