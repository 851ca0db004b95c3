"""What is loaded once, however many ask first; what is closed; how many processors there are."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa import Assistant, Config
from qa.reader import choice
from vectorstore import minilm, transformer
from vectorstore.embedding import Embedding, packaged_folder
from vectorstore.once import once
from vectorstore.processors import processors


class Model:
    def __init__(self, together: threading.Barrier | None = None) -> None:
        self.loads = 0
        self._together = together

    @once
    def network(self) -> int:
        """What it reads with."""
        self.loads += 1
        if self._together:
            self._together.wait(10)
        threading.Event().wait(0.05)  # long enough for others to come
        return self.loads


def at_once(count: int, call: object) -> list[object]:
    """What so many threads get that call at the same moment."""
    barrier = threading.Barrier(count)

    def one(_: int) -> object:
        barrier.wait(10)
        return call()  # type: ignore[operator]

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_who_come_first_together_share_one() -> None:
    model = Model()
    assert at_once(8, lambda: model.network) == [1] * 8
    assert (model.loads, model.network) == (1, 1)


def test_two_objects_do_not_wait_for_each_other() -> None:
    both = threading.Barrier(2)
    models = iter([Model(both), Model(both)])
    guard = threading.Lock()

    def load() -> int:
        with guard:
            model = next(models)
        return model.network

    assert at_once(2, load) == [1, 1]


def test_what_failed_is_tried_again() -> None:
    class Failing:
        tries = 0

        @once
        def network(self) -> int:
            self.tries += 1
            if self.tries == 1:
                raise OSError("not yet")
            return self.tries

    one = Failing()
    with pytest.raises(OSError, match="not yet"):
        _ = one.network
    assert one.network == 2


def test_four_first_questions_load_one_of_each(
    seeds_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[str] = []
    whole, model = choice.choose, minilm.MiniLM

    def counted(name: str | None, encode: object) -> object:
        loads.append("reader")
        threading.Event().wait(0.1)
        return whole(name, encode)  # type: ignore[arg-type]

    def counted_model(*given: object) -> object:
        loads.append("model")
        threading.Event().wait(0.1)
        return model(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(choice, "choose", counted)
    monkeypatch.setattr(minilm, "MiniLM", counted_model)
    with Assistant.open(seeds_archive, read_only=True) as assistant:
        answers = at_once(4, lambda: assistant.ask("Who met Lavrov in Moscow?").text)
    assert len(set(answers)) == 1
    assert sorted(loads) == ["model", "reader"]


def test_closing_ends_the_readers_threads(seeds_archive: Path) -> None:
    before = set(threading.enumerate())
    for reader in (None, "none"):
        with Assistant.open(
            seeds_archive, config=Config(reader=reader), read_only=True
        ) as assistant:
            assert assistant.ask("Who met Lavrov in Moscow?").text
        assistant.close()
        left = [one.name for one in set(threading.enumerate()) - before]
        assert not [name for name in left if name.startswith("reader")]


def group(root: Path, lines: str, **files: str) -> Path:
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(lines)
    for name, content in files.items():
        file = root / "sys/fs/cgroup" / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_name(file.name.replace("_DOT_", ".")).write_text(content)
    return root


@pytest.fixture
def eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


@pytest.mark.usefixtures("eight")
def test_processors_are_those_that_the_program_may_use(tmp_path: Path) -> None:
    assert processors(tmp_path / "nothing") == 8
    two = group(tmp_path / "2", "0::/pod/box\n", pod__cpu_DOT_max="250000 100000\n")
    assert processors(two) == 3
    (two / "sys/fs/cgroup/pod/box").mkdir()
    (two / "sys/fs/cgroup/pod/box/cpu.max").write_text("max 100000\n")
    assert processors(two) == 3
    (two / "sys/fs/cgroup/cpu.max").write_text("10000 100000\n")
    assert processors(two) == 1
    one = group(
        tmp_path / "1",
        "4:memory:/box\n3:cpu,cpuacct:/box\n",
        **{
            "cpu,cpuacct__box__cpu_DOT_cfs_quota_us": "200000\n",
            "cpu,cpuacct__box__cpu_DOT_cfs_period_us": "100000\n",
        },
    )
    assert processors(one) == 2
    (one / "sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us").write_text("-1\n")
    assert processors(one) == 8


def test_the_model_takes_no_more_processors_than_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime

    asked: list[int] = []
    at_work: list[int] = []
    real, pool = onnxruntime.InferenceSession, minilm.ThreadPoolExecutor
    monkeypatch.setattr(minilm, "processors", lambda: 3)
    monkeypatch.setattr(
        minilm, "ThreadPoolExecutor", lambda most, name: at_work.append(most) or pool(most, name)
    )
    monkeypatch.setattr(
        onnxruntime,
        "InferenceSession",
        lambda *given, **named: (
            asked.append(given[1].intra_op_num_threads) or real(*given, **named)
        ),
    )
    embedding = Embedding.open()
    assert embedding.encode_query("a ferry").shape == (384,)
    assert (asked, at_work) == ([1], [])
    assert embedding.encode(["a ferry", "a ferry in the ice"]).shape == (2, 384)
    assert (asked, at_work) == ([1], [3])


def test_torch_takes_no_more_either(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    before = torch.get_num_threads()
    monkeypatch.setattr(transformer, "processors", lambda: before + 1)
    monkeypatch.setattr(transformer, "fastest", lambda: ("cpu", torch.float32))
    try:
        assert transformer.Transformer(packaged_folder()).encode(["a ferry"]).shape == (1, 384)
        assert torch.get_num_threads() == before + 1
    finally:
        torch.set_num_threads(before)
