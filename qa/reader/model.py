"""The packaged network: an int8 ONNX file, run without torch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from tokenizers import Tokenizer

from qa.errors import ReaderUnavailable
from qa.reader.calibration import Calibration
from qa.reader.confidence import Confidence
from qa.reader.spans import Logits

FOLDER = Path(__file__).parent / "model"
CAREFUL = Path(__file__).parent / "careful"


class Outputs(NamedTuple):
    """What a network says of one window, as logits."""

    start: Logits  # [pieces], the null span at the first piece
    end: Logits  # [pieces]
    answerable: float
    evidence: Logits | None = None  # [pieces]; a sentence's mean is how well it answers
    support: Logits | None = None  # [3]: a statement is supported, contradicted, left open


class Network(Protocol):
    """What turns pieces into logits; `Reader` needs no more of a model."""

    tokenizer: Tokenizer
    calibration: Calibration
    confidence: Confidence | None

    def __call__(self, ids: Sequence[int], types: Sequence[int]) -> Outputs:
        """What it says of one window of `ids` [pieces]."""
        ...


def trained(folder: Path) -> bool:
    """Whether a folder holds what `make reader` writes."""
    return (folder / "reader.onnx").exists()


@lru_cache(maxsize=2)
def shared(folder: Path = FOLDER) -> OnnxNetwork:
    """The network of that folder, which all of one process share.

    Raises:
        ReaderUnavailable: it is missing or broken.
    """
    return OnnxNetwork(folder)


class OnnxNetwork:
    """Reads `reader.onnx`, `tokenizer.json` and the two of what they mean from a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # `Reader` reads several windows at once instead
        options.log_severity_level = 3
        path = folder / "reader.onnx"
        try:
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.calibration = Calibration.load(folder / "calibration.json")
            self.confidence = Confidence.load(folder / "confidence.json")
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
            self._typed = len(self._session.get_inputs()) > 1
        except Exception as error:  # each library raises its own, down to bare Exception
            raise ReaderUnavailable(
                f"{folder}: the reader does not load ({_first_line(error)}); reinstall Footnote "
                "or set FOOTNOTE_READER=none"
            ) from error

    def __call__(self, ids: Sequence[int], types: Sequence[int]) -> Outputs:
        feed = {"input_ids": np.array([ids], np.int64)}
        if self._typed:
            feed["token_type_ids"] = np.array([types], np.int64)
        start, end, answerable, *further = self._session.run(None, feed)
        return Outputs(start[0], end[0], float(answerable[0]), *(values[0] for values in further))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
