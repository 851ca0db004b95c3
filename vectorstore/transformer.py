"""A sentence-transformers model in the number type that this machine multiplies fastest."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.errors import EmbeddingUnavailable
from vectorstore.processors import processors

if TYPE_CHECKING:
    import torch

    from vectorstore.vectors import Vectors

BATCH = 128  # texts a call: enough for a GPU, and often enough for a progress bar


class Transformer:
    """The model in a folder, on the GPU if there is one. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        import torch

        torch.set_num_threads(processors())  # it counts the machine's, whatever share is ours
        device, number_type = fastest()
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = SentenceTransformer(
                str(folder),
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": number_type},
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            line = str(error).strip().splitlines()[0]
            raise EmbeddingUnavailable(f"The model in {folder} does not load: {line}") from error

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """The texts as float32 `[n, dimension]`, normalised.

        Args:
            texts: what to embed.
            query: they are questions; some models put other words in front of those.
        """
        encode = self._model.encode_query if query else self._model.encode_document
        tensor = encode(list(texts), batch_size=32, convert_to_tensor=True, show_progress_bar=False)
        vectors: Vectors = tensor.float().cpu().numpy()
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


@cache
def fastest() -> tuple[str, torch.dtype]:
    """The device, and the number type that it multiplies fastest."""
    import torch

    if torch.cuda.is_available():
        return "cuda", torch.float16
    # Asked by trying: what a processor claims to know says nothing of how fast it does it.
    seconds = {kind: _seconds(kind) for kind in (torch.float32, torch.bfloat16)}
    return "cpu", min(seconds, key=seconds.__getitem__)


def _seconds(kind: torch.dtype) -> float:
    """The best time of a few products of a layer's size."""
    import torch

    with torch.inference_mode():
        texts, weights = torch.ones(512, 384, dtype=kind), torch.ones(384, 1536, dtype=kind)
        times = []
        for _ in range(5):
            start = time.perf_counter()
            _ = texts @ weights
            times.append(time.perf_counter() - start)
    return min(times)
