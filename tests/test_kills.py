"""The archive when anything is done to it at any moment; `python -m tests.bench.kills 50` for more.

`KILLS` says how often each scene is played here.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import kills
from tests.victims import build

COUNT = int(os.environ.get("KILLS", "1"))


@pytest.fixture(scope="module")
def whole() -> Iterator[Path]:
    """In a folder that everybody may look into, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    folder.chmod(0o755)
    yield build(folder / "whole")
    shutil.rmtree(folder)


@pytest.mark.parametrize("scene", kills.SCENES, ids=lambda scene: scene.__name__)
def test_after_whatever_was_done_to_it_the_archive_is_whole(whole: Path, scene: object) -> None:
    for number in range(COUNT):
        seed = random.randrange(1 << 30)
        folder = whole.with_name(f"run-{number}")
        folder.mkdir(mode=0o755)
        try:
            kills.play(scene, whole, folder, seed)  # type: ignore[arg-type]
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
        finally:
            shutil.rmtree(folder)
