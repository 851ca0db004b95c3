"""Every scene of `tests/kills.py` many times: `python -m tests.bench.kills 50 [scene …]`."""

from __future__ import annotations

import logging
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests import kills
from tests.victims import build


def main(count: int, names: list[str]) -> None:
    told: Counter[str] = Counter()
    log = logging.getLogger("vectorstore.mirror")
    log.propagate = False
    log.addHandler(_Counting(told))
    print(f"{'scene':<20}{'played':>8}{'whole':>8}{'s each':>8}  what was told at the next opening")
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        Path(scratch).chmod(0o755)
        whole = build(Path(scratch) / "whole")
        for scene in kills.SCENES:
            if names and scene.__name__ not in names:
                continue
            told.clear()
            started, held = time.perf_counter(), 0
            for number in range(count):
                held += _played(scene, whole, Path(scratch) / f"run-{number}")
            each = (time.perf_counter() - started) / count
            said = "; ".join(f"{line} ({times})" for line, times in told.items())
            print(f"{scene.__name__:<20}{count:>8}{held:>8}{each:>8.1f}  {said}", flush=True)


class _Counting(logging.Handler):
    def __init__(self, told: Counter[str]) -> None:
        super().__init__()
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        self._told[record.getMessage().partition(": ")[2]] += 1


def _played(scene: object, whole: Path, folder: Path) -> bool:
    seed = random.randrange(1 << 30)
    folder.mkdir(mode=0o755)
    try:
        kills.play(scene, whole, folder, seed)  # type: ignore[arg-type]
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        print(f"seed {seed}: {type(error).__name__} {error}: {place.line}", flush=True)
        return False
    finally:
        shutil.rmtree(folder)
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
