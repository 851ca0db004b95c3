"""all-MiniLM-L6-v2 by onnxruntime: ready in a fifth of a second, where importing torch takes two.

`minilm.onnx` is the computation alone; the weights come from the package's own file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.processors import processors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from vectorstore.vectors import Vectors

MAX_PIECES = 256

_GRAPH = Path(__file__).with_name("minilm.onnx")


class MiniLM:
    """The packaged model in float32. Thread-safe."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = processors()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The session reads the weights where they lie, so they must live as long as it does.
        self._weights = {
            name: onnxruntime.OrtValue.ortvalue_from_numpy(array)
            for name, array in _weights(folder / "model.safetensors").items()
        }
        options.add_external_initializers(list(self._weights), list(self._weights.values()))
        self._session = onnxruntime.InferenceSession(
            _GRAPH, options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = tokenizer

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The texts as float32 `[n, 384]`, normalised."""
        pieces = [_shortened(text.ids) for text in self._tokenizer.encode_batch(list(texts))]
        ids = np.zeros((len(pieces), max(map(len, pieces))), np.int64)
        mask = np.zeros_like(ids)
        for row, text in enumerate(pieces):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1
        vectors: Vectors = self._session.run(["vectors"], {"ids": ids, "mask": mask})[0]
        return vectors


def _shortened(ids: list[int]) -> list[int]:
    """At most what the model reads; the last one is the mark of the end."""
    return ids if len(ids) <= MAX_PIECES else [*ids[: MAX_PIECES - 1], ids[-1]]


def _weights(file: Path) -> dict[str, Any]:
    from safetensors import safe_open

    weights = {}
    with safe_open(file, "np") as tensors:
        for name in tensors.keys():  # noqa: SIM118 - not a mapping
            if name.startswith("pooler.") or name == "embeddings.position_ids":
                continue
            array = tensors.get_tensor(name)
            # A linear layer's matrix lies as [out, in]; the graph multiplies from the left.
            turn = name.startswith("encoder.") and array.ndim == 2
            weights[name] = np.ascontiguousarray(array.T) if turn else array
    return weights
