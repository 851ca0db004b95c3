"""The archive when its index is damaged: it is noticed and built anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.reports import article, many, noted, opened, put, right


def remove_segments(index: Path) -> None:
    for segment in (path for path in index.iterdir() if path.is_dir()):
        shutil.rmtree(segment)


def remove_all(index: Path) -> None:
    shutil.rmtree(index)


def tear_the_list_of_links(index: Path) -> None:
    # As long as one that has filled a disk, without taking the disk's room.
    os.truncate(next(index.rglob("link_lists.bin")), 1 << 40)


def cut_the_vectors(index: Path) -> None:
    file = next(index.rglob("data_level0.bin"))
    os.truncate(file, file.stat().st_size // 2)


def scribble_over_chroma(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"scribble" * 1000)


def swap_vectors(index: Path) -> None:
    from vectorstore.index import Index, embedded

    chroma = Index(embedded(index), index.name)
    rows = np.arange(1, chroma.count() + 1)[-60:]
    held = chroma.vectors(rows)
    chroma.add(rows, np.stack([held[int(row)] for row in rows[::-1]]))
    chroma.close()


def lose_one_row(index: Path) -> None:
    from vectorstore.index import Index, embedded

    chroma = Index(embedded(index), index.name)
    chroma.delete([3])
    chroma.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive of so many passages that Chroma has written out its graph."""
    folder = tmp_path_factory.mktemp("large") / "archive"
    with opened(folder) as store:
        put(store, *(article(f"{n}.txt", many(60, 1)[n % 60].text) for n in range(1200)))
    return folder


@pytest.mark.parametrize(
    "damage",
    [
        remove_segments,
        remove_all,
        tear_the_list_of_links,
        cut_the_vectors,
        scribble_over_chroma,
        swap_vectors,
        lose_one_row,
    ],
)
def test_a_damaged_index_is_noticed_and_built_anew(
    large: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    archive = shutil.copytree(large, tmp_path / "archive")
    before = noted(archive, "index_place")
    damage(archive / before)
    with opened(archive) as store:
        right(store, archive)
    assert noted(archive, "index_place") != before
    assert noted(archive, "index_whole")
