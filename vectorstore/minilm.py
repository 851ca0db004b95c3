"""all-MiniLM-L6-v2 by onnxruntime: ready in a fifth of a second, where importing torch takes two.

`minilm.onnx` is the computation alone; the weights come from the package's own file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.processors import processors
from vectorstore.rounding import rounded

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from vectorstore.rounding import Weights
    from vectorstore.vectors import Vectors

MAX_PIECES = 256
_BATCH = 4  # what a layer makes of them stays in the processor's cache

_GRAPH = Path(__file__).with_name("minilm.onnx")


class MiniLM:
    """The packaged model in 8-bit integers. Thread-safe.

    Every call works on one processor: several calls at once use several, with nothing to wait for.
    A text's vector is the same whatever is embedded beside it.
    """

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        # The session reads the weights where they lie, so they must live as long as it does.
        self._weights = {
            name: onnxruntime.OrtValue.ortvalue_from_numpy(array)
            for name, array in rounded(_weights(folder / "model.safetensors")).items()
        }
        options.add_external_initializers(list(self._weights), list(self._weights.values()))
        self._session = onnxruntime.InferenceSession(
            _GRAPH, options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = tokenizer

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Positions in `texts`, and their vectors, float32 `[n, 384]`, normalised; as they come."""
        pieces = [_shortened(text.ids) for text in self._tokenizer.encode_batch(list(texts))]
        batches = _of_one_length(pieces)
        if len(batches) == 1:  # a question needs no threads
            yield batches[0], self._run([pieces[place] for place in batches[0]])
            return
        with ThreadPoolExecutor(processors(), "embed") as threads:
            run = threads.map(lambda batch: self._run([pieces[place] for place in batch]), batches)
            yield from zip(batches, run, strict=True)

    def _run(self, pieces: list[list[int]]) -> Vectors:
        vectors: Vectors = self._session.run(["vectors"], {"ids": np.array(pieces, np.int64)})[0]
        return vectors


def _of_one_length(pieces: Sequence[Sequence[int]]) -> list[list[int]]:
    """Positions in `pieces`, a few of the same length together, the longest first."""
    places: dict[int, list[int]] = {}
    for place, text in enumerate(pieces):
        places.setdefault(len(text), []).append(place)
    return [
        places[length][first : first + _BATCH]
        for length in sorted(places, reverse=True)
        for first in range(0, len(places[length]), _BATCH)
    ]


def _shortened(ids: list[int]) -> list[int]:
    """At most what the model reads; the last one is the mark of the end."""
    return ids if len(ids) <= MAX_PIECES else [*ids[: MAX_PIECES - 1], ids[-1]]


def _weights(file: Path) -> Weights:
    from safetensors import safe_open

    with safe_open(file, "np") as tensors:
        return {
            name: tensors.get_tensor(name)
            for name in tensors.keys()  # noqa: SIM118 - not a mapping
            if not name.startswith("pooler.") and name != "embeddings.position_ids"
        }
